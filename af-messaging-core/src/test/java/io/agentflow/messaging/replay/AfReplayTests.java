package io.agentflow.messaging.replay;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import io.nats.client.impl.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.codec.InvalidMessageException;
import io.agentflow.messaging.listener.BusFixture;
import io.agentflow.messaging.listener.ListenerSpec;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

@NatsTest(shared = false)
class AfReplayTests {

	private static final int LARGE = 100_000;

	private BusFixture app;

	private AfReplay replay;

	@BeforeEach
	void connect(NatsServer server) {
		this.app = BusFixture.connect(server.url());
		this.replay = AfReplay.create(this.app.bus, this.app.codec, this.app.topology);
	}

	@AfterEach
	void tidyUp() throws Exception {
		this.app.management().deleteStream("AF_MESSAGES");
		this.app.close();
	}

	private void publish(String workflow, int from, int to) {
		IntStream.range(from, to)
			.mapToObj((number) -> this.app.publisher.publishAsync(Subjects.workflowIn(workflow),
					AfMessage.event("a", "b").workflowId(workflow).payload(Map.of("number", number)).build()))
			.toList()
			.forEach(CompletableFuture::join);
	}

	@Test
	void readsOneWorkflowInOrderAndLeavesNothingBehind() throws Exception {
		for (int number = 0; number < 100; number++) {
			publish("w1", number, number + 1);
			publish("w2", number, number + 1);
		}
		List<Integer> numbers = new ArrayList<>();
		ReplayResult result = this.replay.replay(ReplayRequest.forWorkflow("w1"), (message, delivery) -> {
			assertThat(delivery.replayed()).isTrue();
			assertThat(delivery.subject()).isEqualTo("workflows.w1.in");
			return numbers.add(BusFixture.numberOf(message));
		});
		assertThat(numbers).containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
		assertThat(result.replayed()).isEqualTo(100);
		assertThat(result.isComplete()).isTrue();
		assertThat(result.lastSequence()).isEqualTo(199);
		assertThat(this.app.management().getConsumerNames("AF_MESSAGES")).isEmpty();
	}

	@Test
	void findsNothingWhereThereIsNothing() {
		assertThat(this.replay.replay(ReplayRequest.forWorkflow("none"), (message, delivery) -> null).replayed())
			.isZero();
		publish("w1", 0, 3);
		assertThat(this.replay.replay(ReplayRequest.forWorkflow("none"), (message, delivery) -> null).replayed())
			.isZero();
		assertThat(this.replay
			.replay(ReplayRequest.forWorkflow("w1").from(Instant.now().plusSeconds(60)), (message, delivery) -> null)
			.replayed()).isZero();
	}

	@Test
	void narrowsByTimeSequenceAgentAndId() {
		publish("w1", 0, 5);
		Instant middle = Instant.now();
		publish("w1", 5, 10);
		AfMessage<?> agents = AfMessage.event("a", "b").workflowId("w1").payload(Map.of("number", 99)).build();
		this.app.publisher.publish("agents.x.out", agents);
		assertThat(numbers(ReplayRequest.forWorkflow("w1").from(middle))).containsExactly(5, 6, 7, 8, 9);
		assertThat(numbers(ReplayRequest.forWorkflow("w1").to(middle))).containsExactly(0, 1, 2, 3, 4);
		assertThat(numbers(ReplayRequest.forWorkflow("w1").sequences(3, 4))).containsExactly(2, 3);
		assertThat(numbers(ReplayRequest.forAgent("x"))).containsExactly(99);
		assertThat(numbers(ReplayRequest.forWorkflowWithAgents("w1"))).endsWith(9, 99).hasSize(11);
		assertThat(numbers(ReplayRequest.forSubjects("agents.*.*").messageId(agents.id()))).containsExactly(99);
	}

	private List<Integer> numbers(ReplayRequest request) {
		try (var messages = this.replay.stream(request)) {
			return messages.map((message) -> BusFixture.numberOf(message.message())).toList();
		}
	}

	@Test
	void reportsWhatWasTamperedWithAndGoesOn() {
		publish("w1", 0, 3);
		AfMessage<?> message = BusFixture.event(7);
		byte[] tampered = new String(this.app.codec.encode(message).bytes(), StandardCharsets.UTF_8)
			.replace("tester", "sender")
			.getBytes(StandardCharsets.UTF_8);
		this.app.publisher.raw().publish("workflows.w1.in", new Headers(), tampered, message.id()).join();
		publish("w1", 3, 6);
		ReplayResult result = this.replay.replay(ReplayRequest.forWorkflow("w1"), (valid, delivery) -> {
			if (BusFixture.numberOf(valid) == 4) {
				throw new IllegalStateException("four");
			}
			return null;
		});
		assertThat(result.replayed()).isEqualTo(5);
		assertThat(result.refused()).isEqualTo(1);
		assertThat(result.refusals()).singleElement()
			.satisfies((refusal) -> assertThat(refusal.reason()).isEqualTo(InvalidMessageException.Reason.HASH))
			.satisfies((refusal) -> assertThat(refusal.sequence()).isEqualTo(4));
		assertThat(result.failures()).singleElement().satisfies((failed) -> assertThat(failed.sequence()).isEqualTo(6));
		assertThat(result.isComplete()).isFalse();
	}

	@Test
	void handsHistoryToAListenerThatKeepsItsPlace() {
		ConcurrentLinkedQueue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
		this.app.listen(ListenerSpec.builder("l", "workflows.*.in").handler((message, delivery) -> {
			deliveries.add(delivery);
			return null;
		}));
		publish("w1", 0, 10);
		await().until(() -> this.app.registry().status("l").counts().handled() == 10);
		deliveries.clear();
		assertThat(this.replay.replayTo(ReplayRequest.forWorkflow("w1"), this.app.registry(), "l").replayed())
			.isEqualTo(10);
		assertThat(deliveries).hasSize(10).allMatch(Delivery::replayed);
		assertThat(this.app.consumer("AF_MESSAGES", "test_l").getDelivered().getConsumerSequence()).isEqualTo(10);
	}

	@Test
	void readsALargeHistoryInFlatMemoryWhileAListenerWorks() throws Exception {
		this.app.listen(ListenerSpec.builder("live", "agents.live.in").handler((message, delivery) -> null));
		for (int block = 0; block < 10; block++) {
			publish("w" + block, 0, LARGE / 10);
		}
		System.gc();
		long idle = used();
		long[] peak = { idle, 0 };
		ReplayResult result = this.replay.replay(ReplayRequest.forSubjects("workflows.*.*"), (message, delivery) -> {
			assertThat(delivery.sequence()).isGreaterThan(peak[1]);
			peak[1] = delivery.sequence();
			if (delivery.sequence() % 10_000 == 0) {
				this.app.publish("agents.live.in", 1);
				System.gc();
				peak[0] = Math.max(peak[0], used());
			}
			return null;
		});
		assertThat(result.replayed()).isEqualTo(LARGE);
		assertThat(peak[0] - idle).isLessThan(64L << 20);
		await().until(() -> this.app.registry().status("live").counts().handled() == 10);
		assertThat(this.app.management().getConsumerNames("AF_MESSAGES")).containsExactly("test_live");
	}

	private static long used() {
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	@Test
	void refusesRangesThatCannotBe() {
		assertThatIllegalArgumentException().isThrownBy(() -> ReplayRequest.forWorkflow("a.b"));
		assertThatIllegalArgumentException().isThrownBy(() -> ReplayRequest.forWorkflow("w").sequences(5, 4));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.replay.stream(ReplayRequest.forSubjects("agents.*.*", "tools.*")))
			.withMessageContaining("tools.*");
	}

}
