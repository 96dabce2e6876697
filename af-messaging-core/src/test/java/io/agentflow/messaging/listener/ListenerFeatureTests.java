package io.agentflow.messaging.listener;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import io.nats.client.impl.Headers;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.deadletter.DeadLetter;
import io.agentflow.messaging.deadletter.DeadLetterQuery;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.listener.ListenerStatus.State;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@NatsTest(shared = false)
class ListenerFeatureTests {

	private static final Duration SOON = Duration.ofSeconds(20);

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

	private AfMessageHandler seeing() {
		return (message, delivery) -> {
			this.seen.add(BusFixture.numberOf(message));
			return null;
		};
	}

	private List<DeadLetter> letters() {
		try (Stream<DeadLetter> found = this.app.deadLetters.find(DeadLetterQuery.all())) {
			return found.toList();
		}
	}

	@Test
	void listensToSeveralSubjectsOfOneStreamAndNoOther() {
		this.app.listen(ListenerSpec.builder("several", "agents.one.in", "workflows.*.out").handler(seeing()));
		this.app.publish("agents.one.in", 1);
		this.app.publish("agents.two.in", 2);
		this.app.publish("workflows.w.out", 3);
		this.app.publish("workflows.w.in", 4);
		await().atMost(SOON).until(() -> this.seen.size() == 2);
		assertThat(this.seen).containsExactlyInAnyOrder(1, 3);
		assertThat(this.app.consumer("AF_MESSAGES", "test_several").getNumPending()).isZero();
	}

	@Test
	void startsByItselfOnlyIfTold() {
		this.app.listen(ListenerSpec.builder("asleep", "agents.asleep.in").autoStartup(false).handler(seeing()));
		this.app.publish("agents.asleep.in", 1);
		assertThat(this.app.registry().status("asleep").state()).isEqualTo(State.STOPPED);
		assertThat(this.app.registry().getPhase()).isEqualTo(Integer.MAX_VALUE - 100);
		this.app.registry().start("asleep");
		await().atMost(SOON).until(() -> this.seen.size() == 1);
	}

	@Test
	void holdsBackWhilePausedAndGoesOnWhereItWas() {
		this.app.listen(ListenerSpec.builder("paused", "agents.paused.in").handler(seeing()));
		this.app.publish("agents.paused.in", 1);
		await().atMost(SOON).until(() -> this.app.registry().status("paused").counts().handled() == 1);
		this.app.registry().pause("paused");
		assertThat(this.app.registry().status("paused").isHealthy()).isTrue();
		this.app.publish("agents.paused.in", 2);
		await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> this.seen.size() == 1);
		this.app.registry().resume("paused");
		await().atMost(SOON).until(() -> this.seen.size() == 2);
	}

	@Test
	void aRequestWhoseResponseIsNotStoredIsNotAcknowledged() {
		this.app.listen(ListenerSpec.builder("mute", "agents.mute.in").handler((message, delivery) -> {
			this.seen.add((int) delivery.attempt());
			return "answer";
		}));
		this.app.publisher.publish("agents.mute.in",
				AfMessage.request("asker", "mute").replyTo("nobody.keeps.this").payload("question").build());
		await().atMost(SOON).until(() -> this.app.deadLetters.count() == 1);
		assertThat(this.seen).containsExactly(1, 2, 3);
		assertThat(letters().get(0).reason()).isEqualTo(FailureReason.ATTEMPTS_EXHAUSTED);
		assertThat(letters().get(0).exceptionMessage()).contains("nobody.keeps.this");
	}

	@Test
	void givesUpWhatComesAgainAndAgainWithoutEverBeingSettled() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		try (BusFixture dying = BusFixture.connect(this.url)) {
			ListenerSpec spec = ListenerSpec.builder("never", "agents.never.in")
				.maxAttempts(1)
				.handler((message, d) -> {
					this.seen.add((int) d.attempt());
					never.await();
					return null;
				});
			dying.publish("agents.never.in", 1);
			for (int death = 1; death <= 2; death++) {
				int deaths = death;
				dying.listen(spec);
				await().atMost(SOON).until(() -> this.seen.contains(deaths));
				dying.stopListeners(); // it goes back with its handler still at it
			}
			this.app.listen(spec);
			await().atMost(SOON).until(() -> this.app.deadLetters.count() == 1);
		}
		finally {
			never.countDown();
		}
		assertThat(letters().get(0).reason()).isEqualTo(FailureReason.NEVER_SETTLED);
		assertThat(letters().get(0).attempts()).isEqualTo(3);
		assertThat(this.seen).containsExactly(1, 2);
	}

	@Test
	void givesUpMessagesOnSubjectsThatOursCannotPublishTo() throws Exception {
		this.app.listen(ListenerSpec.builder("odd", "agents.*.in").handler(seeing()));
		this.app.bus.current().jetStream().publish("agents.a+b.in", new Headers(), "{".getBytes());
		this.app.publish("agents.even.in", 2);
		await().atMost(SOON).until(() -> this.app.deadLetters.count() == 1);
		await().atMost(SOON).until(() -> this.seen.contains(2));
		assertThat(letters().get(0).subject()).isEqualTo("agents.a+b.in");
		assertThat(letters().get(0).reason()).isEqualTo(FailureReason.MALFORMED);
		assertThat(this.app.registry().status("odd").isHealthy()).isTrue();
	}

	@Test
	void readsAndDropsOneDeadLetter() {
		AtomicInteger calls = new AtomicInteger();
		this.app.listen(ListenerSpec.builder("dropped", "agents.dropped.in").maxAttempts(1).handler((message, d) -> {
			calls.incrementAndGet();
			throw new IllegalStateException("not today");
		}));
		AfMessage<?> message = this.app.publish("agents.dropped.in", 1);
		await().atMost(SOON).until(() -> this.app.deadLetters.count() == 1);
		DeadLetter letter = this.app.deadLetters.get(1);
		assertThat(letter).isNotNull();
		assertThat(letter.messageId()).isEqualTo(message.id());
		assertThat(this.app.deadLetters.drop(1)).isTrue();
		assertThat(this.app.deadLetters.drop(1)).isFalse();
		assertThat(this.app.deadLetters.get(1)).isNull();
		assertThat(calls).hasValue(1);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void runsHandlersOnVirtualThreadsWhereEnabled() throws Exception {
		Method isVirtual = Thread.class.getMethod("isVirtual");
		ListenerSettings defaults = BusFixture.settings();
		ListenerSettings virtual = new ListenerSettings("test", 2, defaults.ackWait(), defaults.maxInFlight(),
				defaults.retry(), defaults.maxProcessingTime(), defaults.shutdownTimeout(), ProvisioningMode.UPDATE,
				true, defaults.sampleInterval());
		CountDownLatch handled = new CountDownLatch(10);
		ConcurrentLinkedQueue<Object> kinds = new ConcurrentLinkedQueue<>();
		try (BusFixture modern = BusFixture.connect(this.url, virtual)) {
			modern.listen(ListenerSpec.builder("light", "agents.light.in").handler((message, delivery) -> {
				kinds.add(isVirtual.invoke(Thread.currentThread()));
				handled.countDown();
				return null;
			}));
			for (int number = 0; number < 10; number++) {
				modern.publish("agents.light.in", number);
			}
			assertThat(handled.await(20, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(kinds).hasSize(10).containsOnly(true);
	}

}
