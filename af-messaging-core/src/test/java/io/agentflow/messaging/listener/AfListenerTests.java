package io.agentflow.messaging.listener;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.MapPropertySource;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import reactor.core.publisher.Mono;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.deadletter.DeadLetter;
import io.agentflow.messaging.deadletter.DeadLetterQuery;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@NatsTest(shared = false)
class AfListenerTests {

	private static final Duration SOON = Duration.ofSeconds(15);

	private BusFixture app;

	@BeforeEach
	void connect(NatsServer server) {
		this.app = BusFixture.connect(server.url());
	}

	@AfterEach
	void tidyUp() throws Exception {
		for (String stream : this.app.management().getStreamNames()) {
			this.app.management().deleteStream(stream);
		}
		this.app.close();
	}

	private AnnotationConfigApplicationContext start(Class<?>... handlers) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test",
					Map.of("orders.subject", "agents.orders.in", "orders.threads", "3", "orders.wait", "45s")));
		context.registerBean(EnvelopeCodec.class, () -> this.app.codec);
		context.registerBean(AfListenerRegistry.class, () -> this.app.registry());
		context.register(Listening.class);
		context.register(handlers);
		context.refresh();
		return context;
	}

	private void send(String subject, Object payload) {
		this.app.publisher.publish(subject, AfMessage.event("a", "b").payload(payload).build());
	}

	@Test
	void givesMethodsWhatTheyAskForInAnyOrder() throws Exception {
		try (var context = start(Orders.class)) {
			send("agents.orders.in", new Order("book", 2));
			Object[] arguments = context.getBean(Orders.class).calls.poll(15, TimeUnit.SECONDS);
			assertThat(arguments).isNotNull();
			assertThat(arguments[0]).isInstanceOf(Delivery.class);
			assertThat(arguments[1]).isEqualTo(new Order("book", 2));
			assertThat(((AfMessage<?>) arguments[2]).payload()).isEqualTo(new Order("book", 2));
			assertThat(arguments[3]).isEqualTo(1);
			assertThat(arguments[4]).isEqualTo("none");
			assertThat(((Map<?, ?>) arguments[5]).get("Nats-Msg-Id")).isNotNull();
			ListenerStatus status = context.getBean(AfListenerRegistry.class).status("orders");
			assertThat(status.subjects()).containsExactly("agents.orders.in");
			assertThat(this.app.consumer("AF_MESSAGES", "test_orders").getConsumerConfiguration().getAckWait())
				.isEqualTo(Duration.ofSeconds(45));
		}
	}

	@Test
	void keepsTypeArguments() throws Exception {
		try (var context = start(Generics.class)) {
			send("agents.generic.in", List.of(new Order("a", 1), new Order("b", 2)));
			assertThat(context.getBean(Generics.class).calls.poll(15, TimeUnit.SECONDS))
				.isEqualTo(Map.of("a", 1, "b", 2));
		}
	}

	@Test
	void refusesPayloadsThatAreNotValidWithoutTellingTheirContent() {
		try (var context = start(Validating.class, Validation.class)) {
			send("agents.valid.in", new Order("secret-item", -5));
			send("agents.valid.in", "not an order");
			await().atMost(SOON).until(() -> this.app.deadLetters.count() == 2);
			try (var letters = this.app.deadLetters.find(DeadLetterQuery.all())) {
				List<DeadLetter> all = letters.toList();
				assertThat(all).extracting(DeadLetter::reason)
					.containsExactly(FailureReason.VALIDATION, FailureReason.CONVERSION);
				assertThat(all.get(0).exceptionMessage()).contains("amount").doesNotContain("-5", "secret-item");
			}
		}
	}

	@Test
	void answersWithWhatIsReturnedNowOrLater() throws Exception {
		try (var context = start(Answers.class)) {
			for (String agent : List.of("now", "future", "mono")) {
				Order answer = this.app.publisher
					.request("agents." + agent + ".in",
							AfMessage.request("x", agent).payload(new Order("o", 20)).build(),
							ParameterizedTypeReference.<Order>forType(Order.class), SOON)
					.get()
					.payload();
				assertThat(answer).isEqualTo(new Order(agent, 21));
			}
		}
	}

	@Test
	void handsListsToBatchMethods() {
		try (var context = start(Batches.class)) {
			for (int i = 1; i <= 20; i++) {
				send("agents.batch.in", new Order("o", i));
			}
			await().atMost(SOON)
				.until(() -> context.getBean(Batches.class).calls.stream().mapToInt(List::size).sum() == 20);
		}
	}

	@Test
	void letsAMethodSettleItsMessages() {
		try (var context = start(Settling.class)) {
			send("agents.settle.in", new Order("later", 1));
			send("agents.settle.in", new Order("never", 2));
			await().atMost(SOON).until(() -> this.app.deadLetters.count() == 1);
			await().atMost(SOON).until(() -> context.getBean(Settling.class).open.size() == 2);
			context.getBean(Settling.class).open.remove().acknowledge();
			await().atMost(SOON).until(() -> this.app.consumer("AF_MESSAGES", "test_settling").getNumAckPending() == 0);
		}
	}

	@Test
	void readsAnnotationsMadeOfAfListener() throws Exception {
		try (var context = start(Composed.class)) {
			send("agents.composed.in", new Order("o", 1));
			assertThat(context.getBean(Composed.class).calls.poll(15, TimeUnit.SECONDS)).isEqualTo(new Order("o", 1));
		}
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Composed.class);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Composed.class.getDeclaredMethod("handle", Order.class))).accepts(hints);
	}

	@Test
	void takesSubjectsAndWaitsFromTheAnnotation() {
		try (var context = start(Impatient.class)) {
			send("agents.impatient.in", new Order("o", 1));
			await().atMost(SOON).until(() -> context.getBean(Impatient.class).attempts.size() == 3);
			List<Long> attempts = List.copyOf(context.getBean(Impatient.class).attempts);
			assertThat(attempts.get(1) - attempts.get(0)).isGreaterThan(Duration.ofMillis(240).toNanos());
			assertThat(attempts.get(2) - attempts.get(1)).isBetween(Duration.ofMillis(240).toNanos(),
					Duration.ofSeconds(5).toNanos());
			assertThat(context.getBean(AfListenerRegistry.class).status("impatient").subjects())
				.containsExactly("agents.impatient.in", "agents.hasty.in");
		}
	}

	@Test
	void failsAtStartWithWhatIsWrong() {
		assertFailsWith(TwoPayloads.class, "more than one parameter that could be the payload", "TwoPayloads.handle");
		assertFailsWith(NoSubject.class, "names no subject");
		assertFailsWith(BadNumber.class, "concurrency is 'many'", "whole number");
		assertFailsWith(NoValidator.class, "spring-boot-starter-validation");
		assertFailsWith(SameId.class, "two listeners of id 'same'");
		assertFailsWith(NotAList.class, "a List of payloads");
	}

	private void assertFailsWith(Class<?> handler, String... texts) {
		this.app.stopListeners();
		assertThatExceptionOfType(ListenerDefinitionException.class).isThrownBy(() -> start(handler).close())
			.satisfies((ex) -> assertThat(ex.getMessage()).contains(texts));
	}

	@Test
	void handlersAndPayloadsWorkInANativeImage() throws NoSuchMethodException {
		RuntimeHints hints = new RuntimeHints();
		var method = Orders.class.getDeclaredMethod("handle", Delivery.class, Order.class, AfMessage.class, int.class,
				String.class, Map.class);
		new AfListenerReflectiveProcessor().registerReflectionHints(hints.reflection(), method);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Order.class)).accepts(hints);
	}

	record Order(String item, @Min(1) int amount) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAfListeners
	static class Listening {

	}

	@Configuration(proxyBeanMethods = false)
	static class Validation {

		@Bean
		LocalValidatorFactoryBean validator() {
			return new LocalValidatorFactoryBean();
		}

	}

	static class Orders {

		final BlockingQueue<Object[]> calls = new LinkedBlockingQueue<>();

		@AfListener(subject = "${orders.subject}", id = "orders", concurrency = "#{${orders.threads} - 1}",
				ackWait = "${orders.wait}")
		void handle(Delivery delivery, Order order, AfMessage<Order> message, @Header("af-contract") int contract,
				@Header(name = "Missing", defaultValue = "none") String missing,
				@Headers Map<String, List<String>> headers) {
			this.calls.add(new Object[] { delivery, order, message, contract, missing, headers });
		}

	}

	static class Generics {

		final BlockingQueue<Map<String, Integer>> calls = new LinkedBlockingQueue<>();

		@AfListener("agents.generic.in")
		void handle(List<Order> orders) {
			this.calls.add(
					Map.of(orders.get(0).item(), orders.get(0).amount(), orders.get(1).item(), orders.get(1).amount()));
		}

	}

	static class Validating {

		@AfListener("agents.valid.in")
		void handle(@Valid Order order) {
		}

	}

	static class Answers {

		@AfListener("agents.now.in")
		Order now(Order order) {
			return new Order("now", order.amount() + 1);
		}

		@AfListener("agents.future.in")
		CompletableFuture<Order> future(Order order) {
			return CompletableFuture.supplyAsync(() -> new Order("future", order.amount() + 1));
		}

		@AfListener("agents.mono.in")
		Mono<Order> mono(Order order) {
			return Mono.fromSupplier(() -> new Order("mono", order.amount() + 1)).delayElement(Duration.ofMillis(10));
		}

	}

	static class Batches {

		final BlockingQueue<List<AfMessage<Order>>> calls = new LinkedBlockingQueue<>();

		@AfListener(subject = "agents.batch.in", batch = true, batchSize = "7")
		void handle(List<AfMessage<Order>> orders) {
			assertThat(orders).allSatisfy((order) -> assertThat(order.payload()).isInstanceOf(Order.class));
			this.calls.add(orders);
		}

	}

	static class Settling {

		final BlockingQueue<Acknowledgment> open = new LinkedBlockingQueue<>();

		@AfListener(subject = "agents.settle.in", id = "settling")
		void handle(Order order, Acknowledgment acknowledgment) {
			if (order.item().equals("never")) {
				acknowledgment.reject("not wanted");
			}
			this.open.add(acknowledgment);
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@AfListener(id = "composed", concurrency = "2")
	@interface TwoThreads {

		@AliasFor(annotation = AfListener.class, attribute = "subject")
		String[] subject();

	}

	static class Composed {

		final BlockingQueue<Order> calls = new LinkedBlockingQueue<>();

		@TwoThreads(subject = "agents.composed.in")
		void handle(Order order) {
			this.calls.add(order);
		}

	}

	static class Impatient {

		final BlockingQueue<Long> attempts = new LinkedBlockingQueue<>();

		@AfListener(subject = { "agents.impatient.in", "agents.hasty.in" }, id = "impatient", maxAttempts = "3",
				retryDelay = "300ms", maxRetryDelay = "300ms")
		void handle(Order order) {
			this.attempts.add(System.nanoTime());
			throw new IllegalStateException("not today");
		}

	}

	static class TwoPayloads {

		@AfListener("agents.x.in")
		void handle(Order one, String two) {
		}

	}

	static class NoSubject {

		@AfListener
		void handle(Order one) {
		}

	}

	static class BadNumber {

		@AfListener(subject = "agents.x.in", concurrency = "many")
		void handle(Order one) {
		}

	}

	static class NoValidator {

		@AfListener("agents.x.in")
		void handle(@Valid Order one) {
		}

	}

	static class SameId {

		@AfListener(subject = "agents.x.in", id = "same")
		void one(Order one) {
		}

		@AfListener(subject = "agents.y.in", id = "same")
		void two(Order one) {
		}

	}

	static class NotAList {

		@AfListener(subject = "agents.x.in", batch = true)
		void handle(Order one) {
		}

	}

}
