package io.agentflow.messaging.sample.harness;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Made-up results.
 */
final class Figures {

	private Figures() {
	}

	/**
	 * A run with the same time for each round trip; negative for one that was lost.
	 */
	static RunResult run(Duration elapsed, double... millis) {
		long[] latencies = Arrays.stream(millis).mapToLong((one) -> (long) (one * 1e6)).toArray();
		int lost = (int) Arrays.stream(millis).filter((one) -> one < 0).count();
		return new RunResult(RunSpec.closedLoop(millis.length, 1, 0), latencies, new long[millis.length], elapsed,
				new RunResult.Errors(0, 0, lost), 2 * (millis.length - lost));
	}

	static PerfReport report(Measured measured, Ratios ratios) {
		Curves curves = new Curves(List.of(new double[] { 50, 1 }), List.of(new double[] { 50, 1 }),
				List.of(new double[] { 0, 3 }), List.of(new double[] { 0, 1 }));
		ScenarioFigures figures = new ScenarioFigures("baseline", RunSpec.closedLoop(1000, 10, 1024), false, 5,
				measured, LatencyStats.of(new long[] { 1_000_000 }), null, new RunResult.Errors(0, 0, 0), 2000,
				measured, ratios, curves, List.of());
		return new PerfReport(Instant.parse("2026-11-22T00:00:00Z"),
				new Surroundings("<cpu>", 2, "Linux", "JVM", "2.15.2", "abc1234"), List.of(figures));
	}

	static Measured measured(double p95, double throughput, double errorRate) {
		return new Measured(p95 / 2, p95, throughput, errorRate, 1);
	}

	static Ratios ratios(double p95, double throughput) {
		return new Ratios(p95, p95, throughput, 1);
	}

}
