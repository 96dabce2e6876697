package io.agentflow.messaging.sample.harness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

import org.HdrHistogram.Histogram;

/**
 * The points of the charts. Each point is a pair of numbers.
 *
 * @param percentiles our latency: percentile, milliseconds
 * @param rawPercentiles latency of jnats alone: percentile, milliseconds
 * @param histogram our latency: lower bound in milliseconds, round trips
 * @param overTime the last repetition: number of the request, slowest of its neighbours
 * in milliseconds
 */
public record Curves(List<double[]> percentiles, List<double[]> rawPercentiles, List<double[]> histogram,
		List<double[]> overTime) {

	private static final double[] PERCENTILES = { 0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.9, 99.95, 99.99, 100 };

	private static final int BARS = 60;

	private static final int POINTS = 200;

	private static final double NANOS_PER_MILLI = 1e6;

	static Curves of(List<Repetition> repetitions) {
		long[] ours = repetitions.stream().flatMapToLong((turn) -> LongStream.of(turn.ours().latencies())).toArray();
		long[] raw = repetitions.stream().flatMapToLong((turn) -> LongStream.of(turn.before().latencies())).toArray();
		long[] last = repetitions.get(repetitions.size() - 1).ours().latencies();
		return new Curves(percentiles(ours), percentiles(raw), bars(ours), overTime(last));
	}

	private static List<double[]> percentiles(long[] nanos) {
		Histogram histogram = LatencyStats.histogram(nanos);
		return Arrays.stream(PERCENTILES)
			.mapToObj((percentile) -> new double[] { percentile,
					histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI })
			.toList();
	}

	/**
	 * Bars of equal width up to p99.5; the rest is in the last one.
	 */
	private static List<double[]> bars(long[] nanos) {
		Histogram histogram = LatencyStats.histogram(nanos);
		double width = Math.max(1, histogram.getValueAtPercentile(99.5) / (double) BARS);
		double[] counts = new double[BARS];
		for (long value : nanos) {
			if (value >= 0) {
				counts[(int) Math.min(BARS - 1, value / width)]++;
			}
		}
		List<double[]> bars = new ArrayList<>();
		for (int i = 0; i < BARS; i++) {
			bars.add(new double[] { i * width / NANOS_PER_MILLI, counts[i] });
		}
		return bars;
	}

	private static List<double[]> overTime(long[] nanos) {
		int step = Math.max(1, nanos.length / POINTS);
		List<double[]> points = new ArrayList<>();
		for (int from = 0; from < nanos.length; from += step) {
			long slowest = LongStream.of(Arrays.copyOfRange(nanos, from, Math.min(nanos.length, from + step)))
				.max()
				.orElse(0);
			points.add(new double[] { from, Math.max(0, slowest) / NANOS_PER_MILLI });
		}
		return points;
	}

}
