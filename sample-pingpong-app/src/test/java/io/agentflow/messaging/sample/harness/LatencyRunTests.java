package io.agentflow.messaging.sample.harness;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LatencyRunTests {

	private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

	private final Loop loop = new Loop();

	@AfterEach
	void stop() {
		this.scheduler.shutdownNow();
	}

	@Test
	void keepsNoMoreInFlightThanAsked() throws Exception {
		RunResult result = run(RunSpec.closedLoop(200, 7, 10));
		assertThat(result.completed()).isEqualTo(200);
		assertThat(result.hashesVerified()).isEqualTo(400);
		assertThat(this.loop.most.get()).isEqualTo(7);
		assertThat(result.stats().min()).isGreaterThanOrEqualTo(2);
	}

	@Test
	void countsWhatIsLostAndGoesOn() throws Exception {
		this.loop.losesEvery = 10;
		RunResult result = run(RunSpec.closedLoop(30, 2, 10).withTimes(Duration.ofMillis(100), Duration.ofMinutes(1)));
		assertThat(result.errors()).isEqualTo(new RunResult.Errors(0, 0, 3));
		assertThat(result.completed()).isEqualTo(27);
		assertThat(result.lost()).isEqualTo(3);
	}

	@Test
	void countsWhatCannotBePublishedAndGoesOn() throws Exception {
		this.loop.rejectsEvery = 10;
		RunResult result = run(RunSpec.closedLoop(30, 2, 10));
		assertThat(result.errors()).isEqualTo(new RunResult.Errors(3, 0, 0));
		assertThat(result.completed()).isEqualTo(27);
	}

	@Test
	void countsAnAnswerToSomethingElse() throws Exception {
		this.loop.answeredHash = "other";
		RunResult result = run(RunSpec.closedLoop(10, 2, 10));
		assertThat(result.errors()).isEqualTo(new RunResult.Errors(0, 10, 0));
		assertThat(result.hashesVerified()).isEqualTo(10);
	}

	@Test
	void stopsSendingWhenTheTimeIsUp() throws Exception {
		RunResult result = run(
				RunSpec.closedLoop(1_000_000, 1, 10).withTimes(Duration.ofSeconds(5), Duration.ofMillis(200)));
		assertThat(result.sent()).isBetween(1, 200);
		assertThat(result.completed()).isEqualTo(result.sent());
	}

	@Test
	void countsFromWhenAMessageWasDueInAnOpenLoop() throws Exception {
		// The 10th of 20 messages blocks the sender for 200 ms. Counted from when they
		// were
		// sent, one would be slow; counted from when they were due, all behind it are.
		this.loop.blocksAt = 10;
		RunResult result = run(RunSpec.closedLoop(20, 1, 10).withRate(200));
		assertThat(result.completed()).isEqualTo(20);
		long[] latencies = result.latencies();
		for (int i = 11; i < 20; i++) {
			assertThat(Duration.ofNanos(latencies[i])).isGreaterThan(Duration.ofMillis(100));
		}
		assertThat(Duration.ofNanos(latencies[0])).isLessThan(Duration.ofMillis(100));
	}

	private RunResult run(RunSpec spec) throws InterruptedException {
		return LatencyRun.run(this.loop, spec, Progress.NONE, "test");
	}

	/**
	 * Answers after two milliseconds.
	 */
	private final class Loop implements Exchange {

		private final AtomicInteger inFlight = new AtomicInteger();

		private final AtomicInteger most = new AtomicInteger();

		private int losesEvery = Integer.MAX_VALUE;

		private int rejectsEvery = Integer.MAX_VALUE;

		private int blocksAt = Integer.MAX_VALUE;

		private String answeredHash = "hash";

		private volatile @Nullable ResponseListener listener;

		@Override
		public String name() {
			return "loop";
		}

		@Override
		public void listen(@Nullable ResponseListener responses) {
			this.listener = responses;
		}

		@Override
		public CompletableFuture<String> send(int run, int sequence, String text) {
			assertThat(text).hasSize(10);
			if ((sequence + 1) % this.rejectsEvery == 0) {
				throw new IllegalStateException("rejected");
			}
			if (sequence == this.blocksAt) {
				block();
			}
			this.most.accumulateAndGet(this.inFlight.incrementAndGet(), Math::max);
			if ((sequence + 1) % this.losesEvery != 0) {
				LatencyRunTests.this.scheduler.schedule(() -> answer(run, sequence), 2, TimeUnit.MILLISECONDS);
			}
			return CompletableFuture.completedFuture("hash");
		}

		private void answer(int run, int sequence) {
			this.inFlight.decrementAndGet();
			ResponseListener responses = this.listener;
			if (responses != null) {
				responses.received(run, sequence, this.answeredHash, true);
				responses.received(run, sequence, this.answeredHash, true); // delivered
																			// again
			}
		}

		private void block() {
			CompletableFuture<Void> later = new CompletableFuture<>();
			LatencyRunTests.this.scheduler.schedule(() -> later.complete(null), 200, TimeUnit.MILLISECONDS);
			later.join();
		}

		@Override
		public void close() {
			// nothing to release
		}

	}

}
