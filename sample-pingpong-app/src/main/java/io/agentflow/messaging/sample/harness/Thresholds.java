package io.agentflow.messaging.sample.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run must reach. Immutable.
 *
 * @param p95Millis 95 % of the round trips must take less, in milliseconds
 * @param p50Millis half of them must take less, in milliseconds
 * @param minThroughput more round trips per second than this
 * @param maxErrorRate fewer errors for each request than this, 0.0 to 1.0
 * @param minCompletion a larger part must come back, 0.0 to 1.0
 */
public record Thresholds(double p95Millis, double p50Millis, double minThroughput, double maxErrorRate,
		double minCompletion) {

	/** Overrides {@link #p95Millis}. */
	public static final String P95 = "AF_PERF_P95_THRESHOLD_MS";

	/** Overrides {@link #p50Millis}. */
	public static final String P50 = "AF_PERF_P50_THRESHOLD_MS";

	/** Overrides {@link #minThroughput}. */
	public static final String THROUGHPUT = "AF_PERF_MIN_THROUGHPUT";

	/**
	 * The bar of the project.
	 * @return p95 15 ms, p50 5 ms, more than 100/s, fewer errors than 1 %, more than 99 %
	 * back
	 */
	public static Thresholds baseline() {
		return latency(15, 5);
	}

	/**
	 * The project's bar with other latencies.
	 * @param p95Millis 95 % must take less
	 * @param p50Millis half must take less
	 * @return the thresholds
	 */
	public static Thresholds latency(double p95Millis, double p50Millis) {
		return new Thresholds(p95Millis, p50Millis, 100, 0.01, 0.99);
	}

	/**
	 * Takes what environment variables say.
	 * @param environment the variables
	 * @return these thresholds with what is overridden
	 * @throws IllegalArgumentException if a variable holds no positive number
	 */
	public Thresholds overriddenBy(Map<String, String> environment) {
		return new Thresholds(number(environment, P95, this.p95Millis), number(environment, P50, this.p50Millis),
				number(environment, THROUGHPUT, this.minThroughput), this.maxErrorRate, this.minCompletion);
	}

	/**
	 * Compares.
	 * @param result what a run has given
	 * @return the verdict
	 */
	public Verdict judge(RunResult result) {
		return judge(Measured.of(result));
	}

	/**
	 * Compares.
	 * @param measured figures of one run, or medians of several
	 * @return the verdict
	 */
	public Verdict judge(Measured measured) {
		List<String> violations = new ArrayList<>();
		if (measured.completion() <= this.minCompletion) {
			violations.add(format("completion is %.2f %%, must be above %.2f %%", 100 * measured.completion(),
					100 * this.minCompletion));
		}
		if (measured.errorRate() >= this.maxErrorRate) {
			violations.add(format("errors are %.2f %%, must be below %.2f %%", 100 * measured.errorRate(),
					100 * this.maxErrorRate));
		}
		if (measured.p95() >= this.p95Millis) {
			violations.add(format("p95 is %.2f ms, must be below %.2f ms", measured.p95(), this.p95Millis));
		}
		if (measured.p50() >= this.p50Millis) {
			violations.add(format("p50 is %.2f ms, must be below %.2f ms", measured.p50(), this.p50Millis));
		}
		if (measured.throughput() <= this.minThroughput) {
			violations
				.add(format("throughput is %.0f/s, must be above %.0f/s", measured.throughput(), this.minThroughput));
		}
		return new Verdict(violations);
	}

	private static double number(Map<String, String> environment, String name, double otherwise) {
		String text = environment.get(name);
		if (text == null || text.isBlank()) {
			return otherwise;
		}
		try {
			double number = Double.parseDouble(text.trim());
			if (number > 0 && Double.isFinite(number)) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// said below
		}
		throw new IllegalArgumentException(name + " must be a positive number, not '" + text + "'");
	}

	private static String format(String format, Object... args) {
		return String.format(Locale.ROOT, format, args);
	}

}
