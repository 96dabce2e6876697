package io.agentflow.messaging.sample.harness;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The figures that are judged.
 *
 * @param p50 milliseconds that half of the round trips took no longer than
 * @param p95 milliseconds that 95 % of them took no longer than
 * @param throughput round trips per second
 * @param errorRate errors for each request, 0.0 to 1.0
 * @param completion part that came back, 0.0 to 1.0
 */
public record Measured(double p50, double p95, double throughput, double errorRate, double completion) {

	/**
	 * Takes the figures of a run.
	 * @param run the run
	 * @return its figures
	 */
	public static Measured of(RunResult run) {
		LatencyStats stats = run.stats();
		return new Measured(stats.p50(), stats.p95(), run.throughput(), run.errorRate(), run.completion());
	}

	/**
	 * Takes the median of each figure; of errors and completion the worst.
	 * @param runs one run or more
	 * @return the figures
	 */
	public static Measured median(List<RunResult> runs) {
		List<Measured> all = runs.stream().map(Measured::of).toList();
		return new Measured(median(all, Measured::p50), median(all, Measured::p95), median(all, Measured::throughput),
				all.stream().mapToDouble(Measured::errorRate).max().orElseThrow(),
				all.stream().mapToDouble(Measured::completion).min().orElseThrow());
	}

	static double median(double... values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	private static double median(List<Measured> all, ToDoubleFunction<Measured> figure) {
		return median(all.stream().mapToDouble(figure).toArray());
	}

}
