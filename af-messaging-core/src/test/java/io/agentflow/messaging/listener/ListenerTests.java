package io.agentflow.messaging.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.nats.client.impl.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.MessageType;
import io.agentflow.messaging.deadletter.DeadLetter;
import io.agentflow.messaging.deadletter.DeadLetterQuery;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.failure.PermanentFailureException;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@NatsTest(shared = false)
class ListenerTests {

	private static final Duration SOON = Duration.ofSeconds(15);

	private final ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();

	private BusFixture app;

	private String url;

	@BeforeEach
	void connect(NatsServer server) {
		this.url = server.url();
		this.app = BusFixture.connect(this.url);
	}

	@AfterEach
	void tidyUp() throws Exception {
		for (String stream : this.app.management().getStreamNames()) {
			this.app.management().deleteStream(stream);
		}
		this.app.close();
	}

	@Test
	void receivesAndAcknowledges() {
		this.app.listen(ListenerSpec.builder("a", "agents.a.in").handler((message, delivery) -> {
			assertThat(delivery.subject()).isEqualTo("agents.a.in");
			assertThat(delivery.attempt()).isEqualTo(1);
			assertThat(delivery.header("af-contract")).isEqualTo("1");
			assertThat(message.envelopeHash()).matches("[0-9a-f]{64}");
			return this.seen.add(BusFixture.numberOf(message)) ? null : null;
		}));
		IntStream.range(0, 100).forEach((number) -> this.app.publish("agents.a.in", number));
		await().atMost(SOON).until(() -> this.app.registry().status("a").counts().handled() == 100);
		assertThat(this.seen).containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
		await().atMost(SOON)
			.until(() -> this.app.consumer("AF_MESSAGES", "test_a").getAckFloor().getStreamSequence() == 100);
		assertThat(this.app.consumer("AF_MESSAGES", "test_a").getConsumerConfiguration().getMaxDeliver()).isEqualTo(-1);
	}

	@Test
	void triesAFailingHandlerExactlyAsOftenAsAllowedThenKeepsTheMessage() {
		ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
		this.app.listen(ListenerSpec.builder("failing", "workflows.*.in").handler((message, delivery) -> {
			times.add(System.nanoTime());
			throw new IllegalStateException("no luck with " + delivery.attempt() + " – é");
		}));
		Headers headers = new Headers();
		headers.put("Custom", "kept");
		AfMessage<?> message = AfMessage.event("tester", "tested").workflowId("w7").payload("text").build();
		byte[] bytes = this.app.codec.encode(message).bytes();
		this.app.publisher.raw().publish("workflows.w7.in", headers, bytes, message.id()).join();
		await().atMost(SOON).until(() -> this.app.deadLetters.count() == 1);
		assertThat(times).hasSize(BusFixture.QUICK.maxAttempts());
		assertDelays(List.copyOf(times));
		DeadLetter letter = onlyDeadLetter();
		assertThat(letter.reason()).isEqualTo(FailureReason.ATTEMPTS_EXHAUSTED);
		assertThat(letter.exception()).isEqualTo(IllegalStateException.class.getName());
		assertThat(letter.exceptionMessage()).isEqualTo("no luck with 3 – é");
		assertThat(letter.subject()).isEqualTo("workflows.w7.in");
		assertThat(letter.stream()).isEqualTo("AF_MESSAGES");
		assertThat(letter.streamSequence()).isEqualTo(1);
		assertThat(letter.consumer()).isEqualTo("test_failing");
		assertThat(letter.attempts()).isEqualTo(3);
		assertThat(letter.messageId()).isEqualTo(message.id());
		assertThat(letter.workflowId()).isEqualTo("w7");
		assertThat(letter.headers()).containsEntry("Custom", List.of("kept")).doesNotContainKey("Nats-Msg-Id");
		assertThat(letter.body()).isEqualTo(bytes);
		assertThat(letter.failedAt()).isBetween(letter.storedAt(), Instant.now());
		assertSettled("test_failing");
	}

	private static void assertDelays(List<Long> times) {
		double shortest = BusFixture.QUICK.initialDelay().toNanos() * (1 - BusFixture.QUICK.jitter());
		assertThat(times.get(1) - times.get(0)).isGreaterThan((long) shortest);
		assertThat(times.get(2) - times.get(1)).isGreaterThan((long) (2 * shortest));
	}

	@Test
	void doesNotTryPermanentFailuresAgain() {
		AtomicInteger calls = new AtomicInteger();
		this.app.listen(ListenerSpec.builder("p", "agents.p.in").handler((message, delivery) -> {
			calls.incrementAndGet();
			throw new IllegalStateException(new PermanentFailureException("never"));
		}));
		this.app.publish("agents.p.in", 1);
		await().atMost(SOON).until(() -> this.app.deadLetters.count() == 1);
		assertThat(onlyDeadLetter().reason()).isEqualTo(FailureReason.PERMANENT);
		assertThat(calls).hasValue(1);
	}

	@Test
	void survivesErrorsOfAHandler() {
		this.app.listen(ListenerSpec.builder("e", "agents.e.in").handler((message, delivery) -> {
			if (delivery.attempt() == 1) {
				return recurse(0);
			}
			this.seen.add(BusFixture.numberOf(message));
			return null;
		}));
		this.app.publish("agents.e.in", 1);
		await().atMost(SOON).until(() -> this.seen.size() == 1);
	}

	private static Object recurse(int depth) {
		return recurse(depth + 1) + "x";
	}

	@Test
	void refusesATamperedMessageAndKeepsIt() {
		this.app.listen(ListenerSpec.builder("t", "agents.t.in").handler((message, delivery) -> {
			this.seen.add(BusFixture.numberOf(message));
			return null;
		}));
		AfMessage<?> message = BusFixture.event(41);
		byte[] tampered = new String(this.app.codec.encode(message).bytes(), java.nio.charset.StandardCharsets.UTF_8)
			.replace("41", "42")
			.getBytes(java.nio.charset.StandardCharsets.UTF_8);
		this.app.publisher.raw().publish("agents.t.in", new Headers(), tampered, message.id()).join();
		this.app.publisher.raw().publish("agents.t.in", new Headers(), "{".getBytes(), "x").join();
		AfMessage<?> other = BusFixture.event(43);
		this.app.publisher.raw()
			.publish("agents.t.in", new Headers(), this.app.codec.encode(other).bytes(), "another-id")
			.join();
		await().atMost(SOON).until(() -> this.app.deadLetters.count() == 3);
		try (var letters = this.app.deadLetters.find(DeadLetterQuery.all())) {
			assertThat(letters.map(DeadLetter::reason)).containsExactly(FailureReason.HASH, FailureReason.MALFORMED,
					FailureReason.ID_MISMATCH);
		}
		assertThat(this.seen).isEmpty();
		assertThat(this.app.registry().status("t").counts().refused()).isEqualTo(3);
		assertSettled("test_t");
	}

	@Test
	void answersRequestsOnceEvenIfTheyAreHandledTwice() throws Exception {
		this.app.listen(ListenerSpec.builder("answer", "agents.answer.in").handler((message, delivery) -> {
			assertThat(message.type()).isEqualTo(MessageType.REQUEST);
			return CompletableFuture.completedFuture(Map.of("twice", 2 * BusFixture.numberOf(message)));
		}));
		AfMessage<Map<String, Object>> response = this.app.publisher
			.request("agents.answer.in", AfMessage.request("asker", "answer").payload(Map.of("number", 21)).build(),
					new ParameterizedTypeReference<Map<String, Object>>() {
					}, SOON)
			.get();
		assertThat(response.payload()).containsEntry("twice", 42);
		assertThat(response.from()).isEqualTo("answer");
	}

	@Test
	void goesOnAfterARestartWhereItStopped() {
		ListenerSpec spec = ListenerSpec.builder("r", "agents.r.in").handler((message, delivery) -> {
			this.seen.add(BusFixture.numberOf(message));
			return null;
		});
		this.app.listen(spec);
		IntStream.range(0, 10).forEach((number) -> this.app.publish("agents.r.in", number));
		await().atMost(SOON).until(() -> this.seen.size() == 10);
		this.app.stopListeners();
		IntStream.range(10, 20).forEach((number) -> this.app.publish("agents.r.in", number));
		this.app.listen(spec);
		await().atMost(SOON).until(() -> this.seen.size() >= 20);
		await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> this.seen.size() == 20);
		assertThat(this.seen).containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
	}

	@Test
	void twoInstancesShareTheWork() {
		Set<Integer> first = ConcurrentHashMap.newKeySet();
		Set<Integer> second = ConcurrentHashMap.newKeySet();
		try (BusFixture other = BusFixture.connect(this.url)) {
			this.app.listen(sharing(first));
			other.listen(sharing(second));
			IntStream.range(0, 200).forEach((number) -> this.app.publish("agents.s.in", number));
			await().atMost(SOON).until(() -> first.size() + second.size() >= 200);
			assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(second);
			assertThat(second).isNotEmpty();
		}
	}

	private static ListenerSpec sharing(Set<Integer> numbers) {
		return ListenerSpec.builder("s", "agents.s.in").prefetch(2).handler((message, delivery) -> {
			numbers.add(BusFixture.numberOf(message));
			return null;
		});
	}

	@Test
	void handsBatchesOverAndIsolatesTheOneThatFails() {
		ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();
		CountDownLatch gate = new CountDownLatch(1);
		this.app.listen(ListenerSpec.builder("b", "agents.b.in").batchHandler(10, (messages) -> {
			gate.await(10, TimeUnit.SECONDS);
			sizes.add(messages.size());
			if (messages.stream().anyMatch((one) -> BusFixture.numberOf(one.message()) == 13)) {
				throw new IllegalStateException("thirteen");
			}
			messages.forEach((one) -> this.seen.add(BusFixture.numberOf(one.message())));
		}));
		IntStream.range(0, 30).forEach((number) -> this.app.publish("agents.b.in", number));
		gate.countDown();
		await().atMost(SOON).until(() -> this.app.deadLetters.count() == 1);
		await().atMost(SOON).until(() -> this.seen.size() == 29);
		assertThat(sizes).anyMatch((size) -> size > 1).allMatch((size) -> size <= 10);
	}

	@Test
	void leavesSettlingToAHandlerThatAsksForIt() {
		ConcurrentLinkedQueue<Acknowledgment> open = new ConcurrentLinkedQueue<>();
		this.app.listen(ListenerSpec.builder("m", "agents.m.in").acknowledgingHandler((message, delivery, ack) -> {
			open.add(ack);
			return null;
		}));
		this.app.publish("agents.m.in", 1);
		await().atMost(SOON).until(() -> open.size() == 1);
		assertThat(this.app.consumer("AF_MESSAGES", "test_m").getNumAckPending()).isEqualTo(1);
		open.remove().retry(Duration.ZERO);
		await().atMost(SOON).until(() -> open.size() == 1);
		open.remove().acknowledge();
		assertSettled("test_m");
		this.app.publish("agents.m.in", 2);
		await().atMost(SOON).until(() -> open.size() == 1);
		open.remove().reject("not wanted");
		await().atMost(SOON).until(() -> this.app.deadLetters.count() == 1);
		assertThat(onlyDeadLetter().exceptionMessage()).isEqualTo("not wanted");
	}

	@Test
	void redrivesADeadLetterToTheConsumerThatGaveItUp() {
		AtomicInteger broken = new AtomicInteger(1);
		ConcurrentLinkedQueue<Delivery> handled = new ConcurrentLinkedQueue<>();
		ConcurrentLinkedQueue<Delivery> bystander = new ConcurrentLinkedQueue<>();
		this.app.listen(ListenerSpec.builder("d1", "agents.d.in").handler((message, delivery) -> {
			if (broken.get() == 1) {
				throw new PermanentFailureException("broken");
			}
			handled.add(delivery);
			return null;
		}), ListenerSpec.builder("d2", "agents.d.in").handler((message, delivery) -> {
			bystander.add(delivery);
			return null;
		}));
		this.app.publish("agents.d.in", 1);
		await().atMost(SOON).until(() -> this.app.deadLetters.count() == 1);
		broken.set(0);
		assertThat(this.app.deadLetters.redriveAll(DeadLetterQuery.all().withConsumer("test_d1"))).isEqualTo(1);
		await().atMost(SOON).until(() -> handled.size() == 1);
		assertThat(handled.element().attempt()).isEqualTo(1);
		assertThat(this.app.deadLetters.count()).isZero();
		assertSettled("test_d1");
		assertSettled("test_d2");
		assertThat(bystander).hasSize(1);
	}

	@Test
	void refusesTwoListenersOfOneIdAndSubjectsThatNoStreamKeeps() {
		ListenerSpec spec = ListenerSpec.builder("x", "agents.x.in").handler((message, delivery) -> null);
		this.app.registry().register(spec);
		assertThatExceptionOfType(ListenerDefinitionException.class)
			.isThrownBy(() -> this.app.registry().register(spec))
			.withMessageContaining("'x'");
		assertThatExceptionOfType(ListenerDefinitionException.class)
			.isThrownBy(() -> this.app.registry()
				.register(ListenerSpec.builder("y", "orders.new").handler((message, delivery) -> null)))
			.withMessageContaining("orders.new")
			.withMessageContaining("AF_MESSAGES");
	}

	private DeadLetter onlyDeadLetter() {
		try (var letters = this.app.deadLetters.find(DeadLetterQuery.all())) {
			List<DeadLetter> all = letters.toList();
			assertThat(all).hasSize(1);
			return all.get(0);
		}
	}

	private void assertSettled(String durable) {
		await().atMost(SOON).until(() -> this.app.consumer("AF_MESSAGES", durable).getNumAckPending() == 0);
		assertThat(this.app.consumer("AF_MESSAGES", durable).getNumPending()).isZero();
	}

}
