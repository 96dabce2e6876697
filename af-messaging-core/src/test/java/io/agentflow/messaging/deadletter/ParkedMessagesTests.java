package io.agentflow.messaging.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.nats.client.ConsumerContext;
import io.nats.client.FetchConsumer;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.listener.BusFixture;
import io.agentflow.messaging.listener.ListenerSpec;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.stream.StreamTopology;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@NatsTest(shared = false)
class ParkedMessagesTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final List<ParkedMessages> nets = new ArrayList<>();

	private final ConcurrentLinkedQueue<GivenUp> told = new ConcurrentLinkedQueue<>();

	private BusFixture app;

	private String url;

	@BeforeEach
	void connect(NatsServer server) {
		this.url = server.url();
		this.app = BusFixture.connect(this.url);
	}

	@AfterEach
	void tidyUp() throws Exception {
		this.nets.forEach(ParkedMessages::close);
		this.app.stopListeners();
		for (String stream : this.app.management().getStreamNames()) {
			this.app.management().deleteStream(stream);
		}
		this.app.close();
	}

	private ParkedMessages watch(BusFixture instance, ProvisioningMode mode, DeadLetterWriter writer) {
		ParkedMessages net = ParkedMessages.create(instance.bus,
				new ParkedMessages.Net(instance.topology.advisories(), mode, this.told::add), instance.codec, writer);
		this.nets.add(net);
		net.start();
		return net;
	}

	private ParkedMessages watch(BusFixture instance) {
		return watch(instance, ProvisioningMode.UPDATE, DeadLetterWriter.to(instance.publisher.raw()));
	}

	private void awaitWatching(ParkedMessages net) {
		await().atMost(SOON).until(() -> net.status().state() == ParkedMessages.State.WATCHING);
	}

	/**
	 * Fetches messages by a consumer that is not ours and gives none of them an answer.
	 */
	private void park(String consumer, int messages) throws Exception {
		this.app.management()
			.addOrUpdateConsumer("AF_MESSAGES",
					ConsumerConfiguration.builder()
						.durable(consumer)
						.filterSubject("agents.foreign.in")
						.ackPolicy(AckPolicy.Explicit)
						.ackWait(Duration.ofSeconds(1))
						.maxDeliver(1)
						.build());
		ConsumerContext context = this.app.bus.current().getConsumerContext("AF_MESSAGES", consumer);
		int fetched = 0;
		try (FetchConsumer fetch = context.fetchMessages(messages)) {
			for (Message message = fetch.nextMessage(); message != null; message = fetch.nextMessage()) {
				fetched++;
			}
		}
		assertThat(fetched).isEqualTo(messages);
		await().atMost(SOON).until(() -> isParked(consumer));
	}

	private boolean isParked(String consumer) {
		ConsumerInfo info = this.app.consumer("AF_MESSAGES", consumer);
		return info.getNumPending() == 0 && info.getNumAckPending() == 0;
	}

	private List<DeadLetter> letters() {
		try (Stream<DeadLetter> found = this.app.deadLetters.find(DeadLetterQuery.all())) {
			return found.toList();
		}
	}

	private void awaitNoticesSettled() {
		await().atMost(SOON).until(() -> {
			ConsumerInfo info = this.app.consumer(StreamTopology.ADVISORIES, ParkedMessages.DURABLE);
			return info.getNumPending() == 0 && info.getNumAckPending() == 0;
		});
	}

	private void limitDeliveries(String consumer, int maxDeliver) throws Exception {
		ConsumerConfiguration ours = this.app.consumer("AF_MESSAGES", consumer).getConsumerConfiguration();
		this.app.management()
			.addOrUpdateConsumer("AF_MESSAGES", ConsumerConfiguration.builder(ours).maxDeliver(maxDeliver).build());
	}

	@Test
	void keepsWhatAListenerCouldNotTryAgainBecauseAnOperatorLimitedItsConsumer() throws Exception {
		Set<Integer> handled = ConcurrentHashMap.newKeySet();
		this.app
			.listen(ListenerSpec.builder("limited", "workflows.*.in").maxAttempts(100).handler((message, delivery) -> {
				if (BusFixture.numberOf(message) % 2 == 1) {
					throw new IllegalStateException("not today");
				}
				handled.add(BusFixture.numberOf(message));
				return null;
			}));
		awaitWatching(watch(this.app));
		limitDeliveries("test_limited", 2);
		List<byte[]> bodies = new ArrayList<>();
		for (int number = 0; number < 20; number++) {
			Headers headers = new Headers();
			headers.put("Custom", "kept-" + number);
			AfMessage<?> message = BusFixture.event(number).toBuilder().workflowId("w" + number).build();
			bodies.add(this.app.codec.encode(message).bytes());
			this.app.publisher.raw()
				.publish("workflows.w" + number + ".in", headers, bodies.get(number), message.id())
				.join();
		}
		await().atMost(SOON).until(() -> this.app.deadLetters.count() == 10);
		assertThat(handled).hasSize(10);
		assertThat(letters()).allSatisfy((letter) -> {
			int number = (int) letter.streamSequence() - 1;
			assertThat(number % 2).isEqualTo(1);
			assertThat(letter.reason()).isEqualTo(FailureReason.MAX_DELIVERIES);
			assertThat(letter.attempts()).isEqualTo(2);
			assertThat(letter.consumer()).isEqualTo("test_limited");
			assertThat(letter.subject()).isEqualTo("workflows.w" + number + ".in");
			assertThat(letter.workflowId()).isEqualTo("w" + number);
			assertThat(letter.headers()).containsEntry("Custom", List.of("kept-" + number))
				.doesNotContainKey("Nats-Msg-Id");
			assertThat(letter.body()).isEqualTo(bodies.get(number));
		});
		awaitNoticesSettled();
		assertThat(this.told).hasSize(10);
	}

	@Test
	void severalInstancesKeepOnceWhatWasParkedWhileNoneWasUp() throws Exception {
		ParkedMessages before = watch(this.app);
		awaitWatching(before);
		before.stop();
		for (int number = 0; number < 50; number++) {
			this.app.publish("agents.foreign.in", number);
		}
		park("foreign", 50);
		assertThat(this.app.deadLetters.count()).isZero();
		try (BusFixture second = BusFixture.connect(this.url); BusFixture third = BusFixture.connect(this.url)) {
			watch(this.app);
			watch(second);
			watch(third);
			await().atMost(SOON).until(() -> this.app.deadLetters.count() == 50);
			awaitNoticesSettled();
			this.nets.forEach(ParkedMessages::close);
		}
		Set<Long> sequences = new HashSet<>();
		assertThat(letters()).hasSize(50).allMatch((letter) -> sequences.add(letter.streamSequence()));
		assertThat(this.told).hasSize(50);
	}

	@Test
	void whatWasStoredBeforeTheInstanceDiedIsStoredOnce() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		DeadLetterWriter real = DeadLetterWriter.to(this.app.publisher.raw());
		ParkedMessages net = watch(this.app, ProvisioningMode.UPDATE,
				(givenUp) -> real.write(givenUp)
					.thenCompose((receipt) -> (calls.incrementAndGet() == 1)
							? CompletableFuture.failedFuture(new IllegalStateException("as if it had died"))
							: CompletableFuture.completedFuture(receipt)));
		awaitWatching(net);
		this.app.publish("agents.foreign.in", 1);
		park("foreign", 1);
		await().atMost(SOON).until(() -> calls.get() == 2);
		awaitNoticesSettled();
		assertThat(letters()).hasSize(1);
		assertThat(net.status().kept()).isEqualTo(1);
	}

	@Test
	void waitsForDeadLettersThatCannotBeWritten() throws Exception {
		ParkedMessages net = watch(this.app);
		awaitWatching(net);
		StreamConfiguration deadLetters = this.app.management().getStreamInfo("AF_DEAD_LETTERS").getConfiguration();
		this.app.management().deleteStream("AF_DEAD_LETTERS");
		this.app.publish("agents.foreign.in", 1);
		park("foreign", 1);
		await().atMost(SOON).until(() -> !net.status().isHealthy());
		assertThat(net.status().lastError()).contains("dead.agents.foreign.in");
		this.app.management().addStream(deadLetters);
		await().atMost(SOON).until(() -> this.app.deadLetters.count() == 1);
		await().atMost(SOON).until(() -> net.status().isHealthy());
	}

	@Test
	void goesOnAfterWhatIsNoNoticeAndWhatIsGone() throws Exception {
		ParkedMessages net = watch(this.app);
		awaitWatching(net);
		this.app.bus.current()
			.jetStream()
			.publish("$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.AF_MESSAGES.x", "{\"stream\":1}".getBytes());
		this.app.publish("agents.foreign.in", 1);
		net.stop();
		park("foreign", 1);
		this.app.management().purgeStream("AF_MESSAGES");
		this.app.publish("agents.foreign.in", 2);
		park("foreign", 1);
		net.start();
		await().atMost(SOON).until(() -> this.app.deadLetters.count() == 1);
		awaitNoticesSettled();
		assertThat(letters().get(0).streamSequence()).isEqualTo(2);
	}

	@Test
	void doesNothingAndHurtsNobodyWhereItMayMakeNothing() throws Exception {
		for (ProvisioningMode mode : List.of(ProvisioningMode.NONE, ProvisioningMode.VALIDATE)) {
			ParkedMessages net = watch(this.app, mode, DeadLetterWriter.to(this.app.publisher.raw()));
			await().atMost(SOON).until(() -> net.status().state() == ParkedMessages.State.UNAVAILABLE);
			assertThat(net.status().isHealthy()).isTrue();
			assertThat(net.status().lastError()).isNotBlank();
			net.close();
			assertThat(net.status().state()).isEqualTo(ParkedMessages.State.STOPPED);
		}
		assertThat(this.app.management().getStreamNames()).doesNotContain(StreamTopology.ADVISORIES);
	}

	@Test
	void comesBackWhenItsStreamWasDeleted() throws Exception {
		ParkedMessages net = watch(this.app);
		awaitWatching(net);
		this.app.management().deleteStream(StreamTopology.ADVISORIES);
		await().atMost(SOON).until(() -> this.app.management().getStreamNames().contains(StreamTopology.ADVISORIES));
		awaitWatching(net);
		this.app.publish("agents.foreign.in", 1);
		park("foreign", 1);
		await().atMost(SOON).until(() -> this.app.deadLetters.count() == 1);
	}

}
