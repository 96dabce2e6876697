package io.agentflow.messaging.sample.harness;

import org.HdrHistogram.Histogram;

/**
 * Figures of a number of round trips, in milliseconds; all 0 if there was none. Kept with
 * three significant digits.
 *
 * @param count number of round trips
 * @param min the shortest
 * @param mean the mean
 * @param p50 half of all took no longer
 * @param p90 90 % took no longer
 * @param p95 95 % took no longer
 * @param p99 99 % took no longer
 * @param p999 99.9 % took no longer
 * @param max the longest
 */
public record LatencyStats(long count, double min, double mean, double p50, double p90, double p95, double p99,
		double p999, double max) {

	private static final int DIGITS = 3;

	private static final double NANOS_PER_MILLI = 1e6;

	/**
	 * Computes the figures.
	 * @param nanos durations in nanoseconds; negative ones are left out
	 * @return the figures
	 */
	public static LatencyStats of(long[] nanos) {
		Histogram histogram = histogram(nanos);
		if (histogram.getTotalCount() == 0) {
			return new LatencyStats(0, 0, 0, 0, 0, 0, 0, 0, 0);
		}
		return new LatencyStats(histogram.getTotalCount(), histogram.getMinValue() / NANOS_PER_MILLI,
				histogram.getMean() / NANOS_PER_MILLI, at(histogram, 50), at(histogram, 90), at(histogram, 95),
				at(histogram, 99), at(histogram, 99.9), histogram.getMaxValue() / NANOS_PER_MILLI);
	}

	static Histogram histogram(long[] nanos) {
		Histogram histogram = new Histogram(DIGITS);
		for (long value : nanos) {
			if (value >= 0) {
				histogram.recordValue(value);
			}
		}
		return histogram;
	}

	private static double at(Histogram histogram, double percentile) {
		return histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
	}

}
