package io.agentflow.messaging.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.failure.RetrySettings;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What failures and order cost, as ratios of runs by turns on the same machine.
 */
@NatsTest(shared = false)
class ThroughputTests {

	private static final Logger logger = LoggerFactory.getLogger(ThroughputTests.class);

	private static final int PAIRS = 5;

	private static final int MESSAGES = 10_000;

	private static final int WORKFLOWS = 50;

	private static final int STEPS = 40;

	private BusFixture app;

	@BeforeEach
	void connect(NatsServer server) {
		this.app = BusFixture.connect(server.url());
	}

	@AfterEach
	void tidyUp() throws Exception {
		this.app.stopListeners();
		for (String stream : this.app.management().getStreamNames()) {
			this.app.management().deleteStream(stream);
		}
		this.app.close();
	}

	private static double median(List<Double> values) {
		return values.stream().sorted().toList().get(values.size() / 2);
	}

	/**
	 * The poison's waits add up to more than a run takes: a listener that waits with it
	 * cannot pass.
	 */
	@Test
	void aPoisonMessageAtTheHeadCostsTheOthersLittle() throws Exception {
		List<Double> clean = new ArrayList<>();
		List<Double> poisoned = new ArrayList<>();
		handleAll("warm-up", false);
		for (int pair = 0; pair < PAIRS; pair++) {
			clean.add(handleAll("clean-" + pair, false));
			poisoned.add(handleAll("poisoned-" + pair, true));
		}
		double ratio = median(clean) / median(poisoned);
		logger.info("FIGURE poison at the head of {}: throughput of the others {} of that without (medians {} s, {} s)",
				MESSAGES, String.format("%.3f", ratio), median(clean), median(poisoned));
		assertThat(ratio).isGreaterThan(0.75);
		await().atMost(Duration.ofSeconds(30)).until(() -> this.app.deadLetters.count() == PAIRS);
	}

	private double handleAll(String id, boolean poison) throws Exception {
		String subject = "agents." + id + ".in";
		int first = poison ? 0 : 1;
		List<CompletableFuture<?>> stored = new ArrayList<>();
		IntStream.range(first, first + MESSAGES)
			.forEach((number) -> stored.add(this.app.publisher.publishAsync(subject, BusFixture.event(number))));
		stored.forEach(CompletableFuture::join);
		CountDownLatch others = new CountDownLatch(MESSAGES - (poison ? 1 : 0));
		long start = System.nanoTime();
		this.app.listen(ListenerSpec.builder(id, subject)
			.retry(new RetrySettings(3, Duration.ofSeconds(2), 2, Duration.ofSeconds(4), 0))
			.handler((message, delivery) -> {
				if (BusFixture.numberOf(message) == 0) {
					throw new IllegalStateException("poison");
				}
				others.countDown();
				return null;
			}));
		assertThat(others.await(60, TimeUnit.SECONDS)).isTrue();
		return (System.nanoTime() - start) / 1e9;
	}

	@Test
	void orderByKeyHoldsThroughFailuresAndScalesWithThreads() throws Exception {
		List<Double> one = new ArrayList<>();
		List<Double> eight = new ArrayList<>();
		handleInOrder("warm-up", 8);
		for (int pair = 0; pair < 3; pair++) {
			one.add(handleInOrder("one-" + pair, 1));
			eight.add(handleInOrder("eight-" + pair, 8));
		}
		double ratio = median(one) / median(eight);
		logger.info("FIGURE BY_KEY, {} workflows of {}: 8 threads are {} times as fast as 1 (medians {} s, {} s)",
				WORKFLOWS, STEPS, String.format("%.1f", ratio), median(one), median(eight));
		assertThat(ratio).isGreaterThan(3);
	}

	/**
	 * Every twentieth message fails at first, the same ones in each run.
	 */
	private double handleInOrder(String id, int threads) throws Exception {
		publishSteps(id);
		Steps steps = new Steps();
		long start = System.nanoTime();
		this.app.listen(ListenerSpec.builder(id, "agents." + id + ".in")
			.concurrency(threads)
			.ordering(Ordering.BY_KEY)
			.retry(new RetrySettings(3, Duration.ofMillis(10), 1, Duration.ofMillis(10), 0))
			.handler(steps));
		assertThat(steps.all.await(60, TimeUnit.SECONDS)).isTrue();
		double seconds = (System.nanoTime() - start) / 1e9;
		assertThat(steps.overlaps).isEmpty();
		assertThat(steps.order).hasSize(WORKFLOWS);
		assertThat(steps.order.values()).allSatisfy(
				(numbers) -> assertThat(numbers).containsExactlyElementsOf(IntStream.range(0, STEPS).boxed().toList()));
		assertThat(this.app.registry().status(id).counts().failed()).isEqualTo(2L * WORKFLOWS);
		return seconds;
	}

	private void publishSteps(String id) {
		List<CompletableFuture<?>> stored = new ArrayList<>();
		for (int step = 0; step < STEPS; step++) {
			for (int workflow = 0; workflow < WORKFLOWS; workflow++) {
				AfMessage<?> message = BusFixture.event(step).toBuilder().workflowId("w" + workflow).build();
				stored.add(this.app.publisher.publishAsync("agents." + id + ".in", message));
			}
		}
		stored.forEach(CompletableFuture::join);
	}

	/**
	 * Takes two milliseconds for a step, and notes what it sees.
	 */
	private static final class Steps implements AfMessageHandler {

		private final CountDownLatch all = new CountDownLatch(WORKFLOWS * STEPS);

		private final Map<String, List<Integer>> order = new ConcurrentHashMap<>();

		private final Set<String> atOnce = ConcurrentHashMap.newKeySet();

		private final Set<String> overlaps = ConcurrentHashMap.newKeySet();

		@Override
		public Object handle(AfMessage<JsonNode> message, Delivery delivery) throws InterruptedException {
			String workflow = String.valueOf(message.workflowId());
			if (!this.atOnce.add(workflow)) {
				this.overlaps.add(workflow);
			}
			try {
				TimeUnit.MILLISECONDS.sleep(2);
				if (delivery.attempt() == 1 && BusFixture.numberOf(message) % 20 == 3) {
					throw new IllegalStateException("at first");
				}
				this.order.computeIfAbsent(workflow, (key) -> new CopyOnWriteArrayList<>())
					.add(BusFixture.numberOf(message));
			}
			finally {
				this.atOnce.remove(workflow);
			}
			this.all.countDown();
			return null;
		}

	}

}
