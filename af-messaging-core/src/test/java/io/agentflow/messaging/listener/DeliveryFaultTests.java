package io.agentflow.messaging.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.listener.ListenerStatus.State;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@NatsTest(shared = false)
class DeliveryFaultTests {

	private static final Duration SOON = Duration.ofSeconds(40);

	private final Map<Integer, AtomicInteger> calls = new ConcurrentHashMap<>();

	private BusFixture app;

	private NatsServer server;

	@BeforeEach
	void connect(NatsServer natsServer) {
		this.server = natsServer;
		this.app = BusFixture.connect(natsServer.url(), BusFixture.settings().withAckWait(Duration.ofSeconds(1)));
	}

	@AfterEach
	void tidyUp() throws Exception {
		for (String stream : this.app.management().getStreamNames()) {
			this.app.management().deleteStream(stream);
		}
		this.app.close();
	}

	private Object count(AfMessage<tools.jackson.databind.JsonNode> message) {
		this.calls.computeIfAbsent(BusFixture.numberOf(message), (number) -> new AtomicInteger()).incrementAndGet();
		return null;
	}

	private void publish(String subject, int from, int to) {
		List<AfMessage<?>> messages = IntStream.range(from, to).<AfMessage<?>>mapToObj(BusFixture::event).toList();
		messages.stream()
			.map((message) -> this.app.publisher.publishAsync(subject, message))
			.toList()
			.forEach((future) -> future.join());
	}

	@Test
	void aSlowHandlerKeepsItsMessageAndThoseFetchedBehindIt() {
		CountDownLatch release = new CountDownLatch(1);
		this.app.listen(ListenerSpec.builder("slow", "agents.slow.in").prefetch(250).handler((message, delivery) -> {
			if (BusFixture.numberOf(message) == 0) {
				release.await(3, TimeUnit.SECONDS);
			}
			return count(message);
		}));
		publish("agents.slow.in", 0, 201);
		await().atMost(SOON).until(() -> this.calls.size() == 201);
		assertThat(this.calls.values()).allMatch((count) -> count.get() == 1);
		assertThat(this.app.registry().status("slow").counts().redelivered()).isZero();
		assertThat(this.app.consumer("AF_MESSAGES", "test_slow").getRedelivered()).isZero();
	}

	@Test
	void oneMessageInFlightIsEnoughToGoOn() {
		CountDownLatch release = new CountDownLatch(1);
		this.app
			.listen(ListenerSpec.builder("single", "agents.single.in").maxInFlight(1).handler((message, delivery) -> {
				release.await(3, TimeUnit.SECONDS);
				return count(message);
			}));
		publish("agents.single.in", 0, 5);
		await().atMost(SOON).until(() -> this.app.registry().status("single").inFlight() == 1);
		release.countDown();
		await().atMost(SOON).until(() -> this.calls.size() == 5);
	}

	@Test
	void aSlowHandlerLeavesTheRestToOthers() {
		CountDownLatch release = new CountDownLatch(1);
		this.app.listen(ListenerSpec.builder("hoard", "agents.hoard.in").handler((message, delivery) -> {
			release.await(3, TimeUnit.SECONDS);
			return count(message);
		}));
		publish("agents.hoard.in", 0, 500);
		await().during(Duration.ofSeconds(1))
			.atMost(SOON)
			.until(() -> this.app.consumer("AF_MESSAGES", "test_hoard").getNumAckPending() <= 64);
		release.countDown();
		await().atMost(SOON).until(() -> this.calls.size() == 500);
	}

	@Test
	void aHandlerThatNeverReturnsIsCappedAndItsThreadReplaced() {
		CountDownLatch never = new CountDownLatch(1);
		this.app.listen(ListenerSpec.builder("stuck", "agents.stuck.in")
			.maxProcessingTime(Duration.ofMillis(500))
			.handler((message, delivery) -> {
				if (BusFixture.numberOf(message) == 0) {
					waitWithoutListening(never);
				}
				return count(message);
			}));
		publish("agents.stuck.in", 0, 20);
		await().atMost(SOON).until(() -> this.calls.size() == 19);
		await().atMost(SOON).until(() -> this.app.deadLetters.count() == 1);
		long start = System.nanoTime();
		this.app.stopListeners();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
		never.countDown();
	}

	private static void waitWithoutListening(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				// what a handler should not do
			}
		}
	}

	@Test
	void aPoisonMessageDoesNotHoldTheOthersUp() {
		this.app.listen(ListenerSpec.builder("poison", "agents.poison.in").handler((message, delivery) -> {
			if (BusFixture.numberOf(message) == 0) {
				throw new IllegalStateException("poison");
			}
			return count(message);
		}));
		publish("agents.poison.in", 0, 2000);
		await().atMost(SOON).until(() -> this.calls.size() == 1999);
		await().atMost(SOON).until(() -> this.app.deadLetters.count() == 1);
	}

	@Test
	void aDeletedConsumerIsNoticedAndMadeAnewWhereItWas() throws Exception {
		this.app.listen(ListenerSpec.builder("gone", "agents.gone.in").handler((message, delivery) -> count(message)));
		publish("agents.gone.in", 0, 50);
		await().atMost(SOON).until(() -> this.calls.size() == 50);
		for (int round = 1; round <= 5; round++) {
			this.app.management().deleteConsumer("AF_MESSAGES", "test_gone");
			publish("agents.gone.in", 50 * round, 50 * (round + 1));
			int expected = 50 * (round + 1);
			await().atMost(Duration.ofSeconds(5)).until(() -> this.calls.size() == expected);
			await().atMost(Duration.ofSeconds(5))
				.until(() -> this.app.registry().status("gone").state() == State.RUNNING);
		}
	}

	@Test
	void aDeletedStreamIsMadeAnewAndDeliveryGoesOn() throws Exception {
		this.app.listen(ListenerSpec.builder("lost", "agents.lost.in").handler((message, delivery) -> count(message)));
		publish("agents.lost.in", 0, 10);
		await().atMost(SOON).until(() -> this.calls.size() == 10);
		Instant deleted = Instant.now();
		this.app.management().deleteStream("AF_MESSAGES");
		// It may be back before this asks: then since tells that it was away.
		await().atMost(Duration.ofSeconds(1)).until(() -> this.app.registry().status("lost").since().isAfter(deleted));
		await().atMost(Duration.ofSeconds(5)).until(() -> this.app.registry().status("lost").state() == State.RUNNING);
		publish("agents.lost.in", 10, 20);
		await().atMost(SOON).until(() -> this.calls.size() == 20);
		this.app.management().purgeStream("AF_MESSAGES");
		publish("agents.lost.in", 20, 30);
		await().atMost(SOON).until(() -> this.calls.size() == 30);
	}

	@Test
	void originalsStayWhileDeadLettersCannotBeWritten() throws Exception {
		StreamConfiguration deadLetters = this.app.management().getStreamInfo("AF_DEAD_LETTERS").getConfiguration();
		this.app.management().deleteStream("AF_DEAD_LETTERS");
		this.app.listen(ListenerSpec.builder("bad", "agents.bad.in").maxAttempts(1).handler((message, delivery) -> {
			throw new IllegalStateException("bad");
		}));
		publish("agents.bad.in", 0, 20);
		await().atMost(SOON).until(() -> this.app.registry().status("bad").state() == State.STALLED);
		assertThat(this.app.registry().status("bad").isHealthy()).isFalse();
		assertThat(this.app.consumer("AF_MESSAGES", "test_bad").getNumAckPending()).isEqualTo(20);
		this.app.management().addStream(deadLetters);
		await().atMost(Duration.ofSeconds(30)).until(() -> this.app.deadLetters.count() == 20);
		await().atMost(SOON).until(() -> this.app.consumer("AF_MESSAGES", "test_bad").getNumAckPending() == 0);
		assertThat(this.app.registry().status("bad").state()).isEqualTo(State.RUNNING);
	}

	@Test
	void deliveryGoesOnWhenTheServerWasKilled() {
		this.app.listen(ListenerSpec.builder("kill", "agents.kill.in").handler((message, delivery) -> count(message)));
		publish("agents.kill.in", 0, 100);
		await().atMost(SOON).until(() -> this.calls.size() == 100);
		this.server.kill();
		await().atMost(Duration.ofSeconds(2))
			.until(() -> this.app.registry().status("kill").state() == State.RECOVERING);
		this.server.restart();
		publish("agents.kill.in", 100, 200);
		await().atMost(SOON).until(() -> this.calls.size() == 200);
		assertThat(this.app.registry().status("kill").isHealthy()).isTrue();
	}

	@Test
	void keepsTheOrderOfEachWorkflowThroughFailures() {
		Map<String, List<Integer>> order = new ConcurrentHashMap<>();
		this.app.listen(ListenerSpec.builder("keyed", "workflows.*.in")
			.concurrency(8)
			.ordering(Ordering.BY_KEY)
			.handler((message, delivery) -> {
				if (delivery.attempt() == 1 && ThreadLocalRandom.current().nextInt(20) == 0) {
					throw new IllegalStateException("now and then");
				}
				order.computeIfAbsent(message.workflowId(), (key) -> new java.util.concurrent.CopyOnWriteArrayList<>())
					.add(BusFixture.numberOf(message));
				return null;
			}));
		for (int number = 0; number < 20; number++) {
			for (int workflow = 0; workflow < 50; workflow++) {
				AfMessage<?> message = BusFixture.event(number).toBuilder().workflowId("w" + workflow).build();
				this.app.publisher.publishAsync("workflows.w" + workflow + ".in", message);
			}
		}
		await().atMost(SOON).until(() -> order.values().stream().mapToInt(List::size).sum() == 1000);
		assertThat(order).hasSize(50);
		assertThat(order.values()).allSatisfy(
				(numbers) -> assertThat(numbers).containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList()));
		assertThat(this.app.registry().status("keyed").counts().failed()).isPositive();
	}

	/**
	 * The broker waits for longer than this test may take: what comes again was given
	 * back by word, never because a busy machine was silent for too long.
	 */
	@Test
	void aStopUnderLoadGivesBackWhatIsFetchedAndRepeatsNothingHandled() {
		Set<Integer> twice = ConcurrentHashMap.newKeySet();
		// What could not be given back within a stop's limits comes again after this.
		ListenerSpec spec = ListenerSpec.builder("roll", "agents.roll.in")
			.ackWait(Duration.ofSeconds(10))
			.concurrency(2)
			.handler((message, delivery) -> {
				if (this.calls.containsKey(BusFixture.numberOf(message))) {
					twice.add(BusFixture.numberOf(message));
				}
				TimeUnit.MICROSECONDS.sleep(200);
				return count(message);
			});
		publish("agents.roll.in", 0, 3000);
		for (int round = 0; round < 5; round++) {
			int before = this.calls.size();
			this.app.listen(spec);
			await().atMost(SOON).until(() -> this.calls.size() > before + 100 || this.calls.size() == 3000);
			this.app.stopListeners();
		}
		this.app.listen(spec);
		await().atMost(SOON).until(() -> this.calls.size() == 3000);
		assertThat(twice).isEmpty();
	}

	@Test
	void anIdempotentListenerRunsOnceForEachMessage() throws Exception {
		IdempotencyStore store = IdempotencyStore.keyValue(this.app.bus,
				new IdempotencyStore.KeyValueSettings("AF_HANDLED", Duration.ofHours(1), 1L << 24, 1));
		ListenerSpec spec = ListenerSpec.builder("once", "agents.once.in")
			.handler((message, delivery) -> count(message));
		this.app.idempotent(store).listen(spec);
		publish("agents.once.in", 0, 1000);
		await().atMost(SOON).until(() -> this.app.registry().status("once").counts().handled() == 1000);
		this.app.stopListeners();
		this.app.management().deleteConsumer("AF_MESSAGES", "test_once");
		this.app.idempotent(store).listen(spec);
		await().atMost(SOON)
			.until(() -> this.app.consumer("AF_MESSAGES", "test_once").getAckFloor().getStreamSequence() == 1000);
		assertThat(this.calls).hasSize(1000);
		assertThat(this.calls.values()).allMatch((count) -> count.get() == 1);
	}

	@Test
	void aStoreThatFailsCostsNoMessage() {
		AtomicInteger asked = new AtomicInteger();
		this.app.idempotent(new IdempotencyStore() {
			@Override
			public boolean isHandled(String consumer, String messageId) {
				if (asked.incrementAndGet() <= 2) {
					throw new IllegalStateException("not to be reached");
				}
				return false;
			}

			@Override
			public void markHandled(String consumer, String messageId) {
				throw new IllegalStateException("not to be reached");
			}
		}).listen(ListenerSpec.builder("store", "agents.store.in").handler((message, delivery) -> count(message)));
		publish("agents.store.in", 0, 10);
		await().atMost(SOON).until(() -> this.calls.size() == 10);
		await().atMost(SOON).until(() -> this.app.registry().status("store").counts().handled() == 10);
		assertThat(this.app.deadLetters.count()).isZero();
	}

}
