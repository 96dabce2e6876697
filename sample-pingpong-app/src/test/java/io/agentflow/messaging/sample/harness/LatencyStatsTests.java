package io.agentflow.messaging.sample.harness;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LatencyStatsTests {

	@Test
	void findsPercentiles() {
		LatencyStats stats = LatencyStats.of(LongStream.rangeClosed(1, 1000).map((i) -> i * 100_000).toArray());
		assertThat(stats.count()).isEqualTo(1000);
		assertThat(stats.min()).isCloseTo(0.1, within(0.001));
		assertThat(stats.mean()).isCloseTo(50.05, within(0.1));
		assertThat(stats.p50()).isCloseTo(50, within(0.1));
		assertThat(stats.p90()).isCloseTo(90, within(0.1));
		assertThat(stats.p95()).isCloseTo(95, within(0.1));
		assertThat(stats.p99()).isCloseTo(99, within(0.1));
		assertThat(stats.p999()).isCloseTo(99.9, within(0.1));
		assertThat(stats.max()).isCloseTo(100, within(0.1));
	}

	@Test
	void leavesOutWhatDidNotComeBack() {
		assertThat(LatencyStats.of(new long[] { -2, 1_000_000, -1 }).count()).isEqualTo(1);
		assertThat(LatencyStats.of(new long[] { -1 }).max()).isZero();
	}

	@Test
	void countsLossThroughputAndErrors() {
		RunResult run = Figures.run(Duration.ofMillis(500), 1, 2, -1, 3);
		assertThat(run.completed()).isEqualTo(3);
		assertThat(run.lost()).isEqualTo(1);
		assertThat(run.completion()).isEqualTo(0.75);
		assertThat(run.errorRate()).isEqualTo(0.25);
		assertThat(run.throughput()).isEqualTo(6);
	}

	@Test
	void takesMediansAndTheWorstOfErrors() {
		Measured median = Measured.median(List.of(Figures.run(Duration.ofSeconds(1), 1, 1),
				Figures.run(Duration.ofSeconds(4), 9, -1), Figures.run(Duration.ofSeconds(2), 2, 2)));
		assertThat(median.p50()).isCloseTo(2, within(0.01));
		assertThat(median.throughput()).isEqualTo(1);
		assertThat(median.errorRate()).isEqualTo(0.5);
		assertThat(median.completion()).isEqualTo(0.5);
		assertThat(Measured.median(1, 4, 2, 3)).isEqualTo(2.5);
	}

	@Test
	void comparesEachTurnWithJnatsAroundIt() {
		Ratios ratios = Ratios.of(List.of(new Repetition(Figures.run(Duration.ofSeconds(1), 1),
				Figures.run(Duration.ofSeconds(2), 3), Figures.run(Duration.ofSeconds(1), 2))));
		assertThat(ratios.p50()).isCloseTo(2, within(0.01));
		assertThat(ratios.throughput()).isCloseTo(0.5, within(0.001));
		assertThat(ratios.control()).isCloseTo(2, within(0.01));
		assertThat(ratios.isFirm()).isFalse();
	}

}
