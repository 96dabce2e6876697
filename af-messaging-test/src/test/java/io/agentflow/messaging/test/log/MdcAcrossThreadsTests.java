package io.agentflow.messaging.test.log;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a handler's work goes on on other threads, its log lines still have the ids of
 * the message and its span, with nothing configured.
 */
@NatsTest(shared = false)
class MdcAcrossThreadsTests {

	private static final int MESSAGES = 100;

	private static final List<String> PLACES = List.of("handler", "@Async", "task executor", "own pool",
			"Reactor operator", "Reactor after delay", "future");

	private static final Logger logger = LoggerFactory.getLogger(MdcAcrossThreadsTests.class);

	@TempDir
	private Path directory;

	@Test
	void idsAreInTheLinesOfAllThreads(NatsServer server) {
		assertThat(linesOf(server)).filteredOn((line) -> !line.get("message").stringValue().equals("own pool"))
			.extracting((line) -> line.get("virtual").booleanValue())
			.containsOnly(false);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Virtual threads came with Java 21")
	void idsAreInTheLinesOfVirtualThreads(NatsServer server) {
		assertThat(linesOf(server, "spring.threads.virtual.enabled=true").stream()
			.filter((line) -> line.get("virtual").booleanValue())
			.map((line) -> line.get("message").stringValue())
			.distinct()).contains("handler", "@Async", "task executor", "own pool");
	}

	private List<JsonNode> linesOf(NatsServer server, String... properties) {
		Map<Integer, AfMessage<?>> messages = new ConcurrentHashMap<>();
		Path file = this.directory.resolve("app.log");
		String[] all = List.of("af.bus.url=" + server.url(), String.join("", properties))
			.stream()
			.filter((property) -> !property.isEmpty())
			.toArray(String[]::new);
		try (LoggedApplication application = LoggedApplication.start(App.class, file, all)) {
			for (int number = 0; number < MESSAGES; number++) {
				AfMessage<?> message = AfMessage.event("a", "b").workflowId("wf-" + number).payload(number).build();
				messages.put(number, message);
				application.publisher().publish("agents.places." + ((number % 2 == 0) ? "in" : "out"), message);
			}
			AtomicInteger done = application.get(Handler.class).done;
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> done.get() == MESSAGES);
			List<JsonNode> lines = application.log()
				.events()
				.stream()
				.filter((line) -> PLACES.contains(line.get("message").stringValue()))
				.toList();
			assertThat(lines).extracting((line) -> line.get("message").stringValue()).containsAll(PLACES);
			assertThat(lines).hasSize(MESSAGES / 2 * PLACES.size() + MESSAGES / 2)
				.allSatisfy((line) -> assertIds(line, messages.get(line.get("n").intValue())));
			assertNothingIsLeft(application);
			return lines;
		}
	}

	private static void assertIds(JsonNode line, AfMessage<?> message) {
		assertThat(line.path("message_id").stringValue("")).as("%s", line).isEqualTo(message.id());
		assertThat(line.path("workflow_id").stringValue("")).isEqualTo(message.workflowId());
		assertThat(line.path("trace_id").stringValue("")).hasSize(32);
		assertThat(line.path("span_id").stringValue("")).hasSize(16);
		assertThat(line.propertyNames()).noneMatch((name) -> name.startsWith("app_"));
	}

	/**
	 * Threads that were lent the ids have given them back.
	 */
	private static void assertNothingIsLeft(LoggedApplication application) {
		for (int i = 0; i < 20; i++) {
			application.get(AsyncTaskExecutor.class)
				.submitCompletable(() -> logger.info("after the messages"))
				.orTimeout(10, TimeUnit.SECONDS)
				.join();
		}
		assertThat(application.log().withMessage("after the messages").events()).hasSize(20)
			.noneMatch((line) -> line.has("message_id") || line.has("workflow_id") || line.has("trace_id"));
	}

	private static void log(String place, int number) {
		logger.atInfo().addKeyValue("n", number).addKeyValue("virtual", isVirtual()).log(place);
	}

	private static boolean isVirtual() {
		try {
			return (boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
		}
		catch (ReflectiveOperationException ex) {
			return false; // before Java 21
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@EnableAsync
	static class App {

		@Bean
		Elsewhere elsewhere() {
			return new Elsewhere();
		}

		@Bean
		Handler handler(Elsewhere elsewhere, AsyncTaskExecutor tasks) {
			return new Handler(elsewhere, tasks);
		}

	}

	static class Handler implements DisposableBean {

		final AtomicInteger done = new AtomicInteger();

		private final Elsewhere elsewhere;

		private final AsyncTaskExecutor tasks;

		private final ExecutorService plain = ownPool();

		private final ExecutorService own = ContextExecutorService.wrap(this.plain,
				ContextSnapshotFactory.builder().build()::captureAll);

		Handler(Elsewhere elsewhere, AsyncTaskExecutor tasks) {
			this.elsewhere = elsewhere;
			this.tasks = tasks;
		}

		@AfListener(id = "mono", subject = "agents.places.in", concurrency = "4")
		Mono<Void> operators(Integer number) {
			log("handler", number);
			CompletableFuture<Void> others = CompletableFuture.allOf(this.elsewhere.log(number),
					this.tasks.submitCompletable(() -> MdcAcrossThreadsTests.log("task executor", number)),
					CompletableFuture.runAsync(() -> MdcAcrossThreadsTests.log("own pool", number), this.own),
					CompletableFuture.runAsync(() -> {
					}, this.tasks).thenRunAsync(() -> MdcAcrossThreadsTests.log("future", number), this.tasks));
			return Mono.fromFuture(others)
				.then(Mono.just(number))
				.publishOn(Schedulers.boundedElastic())
				.doOnNext((n) -> log("Reactor operator", n))
				.delayElement(Duration.ofMillis(5))
				.doOnNext((n) -> log("Reactor after delay", n))
				.doOnTerminate(this.done::incrementAndGet)
				.then();
		}

		@AfListener(id = "plain", subject = "agents.places.out", concurrency = "4")
		void alone(Integer number) {
			log("handler", number);
			this.done.incrementAndGet();
		}

		@Override
		public void destroy() {
			this.plain.shutdownNow();
		}

		/** Of virtual threads, where there are any. */
		private static ExecutorService ownPool() {
			try {
				return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
			}
			catch (ReflectiveOperationException ex) {
				return Executors.newFixedThreadPool(3);
			}
		}

	}

	static class Elsewhere {

		@Async
		CompletableFuture<Void> log(int number) {
			MdcAcrossThreadsTests.log("@Async", number);
			return CompletableFuture.completedFuture(null);
		}

	}

}
