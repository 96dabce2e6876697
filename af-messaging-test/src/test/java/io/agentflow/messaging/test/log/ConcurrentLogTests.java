package io.agentflow.messaging.test.log;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * 10,000 messages over 50 threads that publish, 50 that handle and eight that finish:
 * every line has the ids of the message that it is about.
 */
@NatsTest(shared = false)
class ConcurrentLogTests {

	private static final int MESSAGES = 10_000;

	private static final int THREADS = 50;

	private static final Logger logger = LoggerFactory.getLogger(ConcurrentLogTests.class);

	@Test
	void noLineHasTheIdsOfAnotherMessage(NatsServer server, @TempDir Path directory) throws Exception {
		Map<Integer, AfMessage<?>> messages = new ConcurrentHashMap<>();
		try (LoggedApplication application = LoggedApplication.start(App.class, directory.resolve("app.log"),
				"af.bus.url=" + server.url())) {
			publishAll(application, messages);
			Finisher finisher = application.get(Finisher.class);
			Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> finisher.finished() >= MESSAGES);
			Map<Integer, List<JsonNode>> lines = application.log()
				.events()
				.stream()
				.filter((line) -> line.has("n"))
				.collect(Collectors.groupingBy((line) -> line.get("n").intValue()));
			assertThat(lines).hasSize(MESSAGES);
			lines.forEach((number, ofOne) -> assertIds(messages.get(number), ofOne));
			assertThat(lines.values().stream().flatMap(List::stream).map((line) -> line.get("thread_name")).distinct())
				.hasSizeGreaterThanOrEqualTo(2 * THREADS);
		}
	}

	private static void assertIds(AfMessage<?> message, List<JsonNode> lines) {
		assertThat(lines).extracting((line) -> line.get("message").stringValue())
			.contains("writing", "handling", "finishing");
		assertThat(lines).allSatisfy((line) -> {
			assertThat(line.path("message_id").stringValue("")).isEqualTo(message.id());
			assertThat(line.path("workflow_id").stringValue("")).isEqualTo(message.workflowId());
			assertThat(line.path("agent_id").stringValue("")).isEqualTo(message.agentId());
			assertThat(line.path("correlation_id").stringValue("")).isEqualTo(message.correlationId());
		});
		assertThat(lines.stream().map((line) -> line.path("trace_id").stringValue("")).distinct()).hasSize(1)
			.allSatisfy((trace) -> assertThat(trace).hasSize(32));
	}

	private static void publishAll(LoggedApplication application, Map<Integer, AfMessage<?>> messages)
			throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<?>> publishing = new ArrayList<>();
			for (int thread = 0; thread < THREADS; thread++) {
				int from = thread * MESSAGES / THREADS;
				publishing.add(pool.submit(() -> {
					for (int number = from; number < from + MESSAGES / THREADS; number++) {
						AfMessage<?> message = AfMessage.event("tester", "many")
							.workflowId("wf-" + number)
							.agentId("a-" + number)
							.correlationId("c-" + number)
							.payload(new Work(number))
							.build();
						messages.put(number, message);
						application.publisher().publish("agents.many.in", message);
					}
				}));
			}
			for (Future<?> each : publishing) {
				each.get();
			}
		}
		finally {
			pool.shutdownNow();
		}
	}

	/**
	 * A payload that logs when it is written, which is within the publish.
	 */
	static class Work {

		private final int number;

		Work(int number) {
			this.number = number;
		}

		public int getNumber() {
			logger.atInfo().addKeyValue("n", this.number).log("writing");
			return this.number;
		}

	}

	record Received(int number) {
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@EnableAsync
	static class App {

		@Bean
		Finisher finisher() {
			return new Finisher();
		}

		@Bean
		Handler handler(Finisher finisher) {
			return new Handler(finisher);
		}

	}

	static class Handler {

		private final Finisher finisher;

		Handler(Finisher finisher) {
			this.finisher = finisher;
		}

		@AfListener(id = "many", subject = "agents.many.in", concurrency = "" + THREADS)
		CompletableFuture<Void> handle(Received work) {
			logger.atInfo().addKeyValue("n", work.number()).log("handling");
			return this.finisher.finish(work.number());
		}

	}

	static class Finisher {

		private final AtomicInteger finished = new AtomicInteger();

		int finished() {
			return this.finished.get();
		}

		@Async
		CompletableFuture<Void> finish(int number) {
			logger.atInfo().addKeyValue("n", number).log("finishing");
			this.finished.incrementAndGet();
			return CompletableFuture.completedFuture(null);
		}

	}

}
