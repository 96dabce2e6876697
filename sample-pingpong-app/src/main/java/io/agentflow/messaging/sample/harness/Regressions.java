package io.agentflow.messaging.sample.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares figures with a baseline. A slower machine is no regression: a figure counts as
 * worse only if it is so by itself and in its ratio to jnats alone, and by more than the
 * tolerance and what jnats differed from itself in the same runs.
 */
public final class Regressions {

	/** Part by which latency or throughput may be worse. */
	public static final double TOLERANCE = 0.10;

	/** How much the error rate may be higher: one point of a hundred. */
	public static final double ERROR_POINTS = 0.01;

	private Regressions() {
	}

	/**
	 * Compares.
	 * @param baseline figures of before
	 * @param now figures of now; scenarios that the baseline has not are left out
	 * @return one line for each regression
	 */
	public static List<String> find(PerfReport baseline, PerfReport now) {
		List<String> found = new ArrayList<>();
		for (ScenarioFigures current : now.scenarios()) {
			baseline.scenario(current.name()).ifPresent((before) -> found.addAll(compare(before, current)));
		}
		return found;
	}

	private static List<String> compare(ScenarioFigures before, ScenarioFigures now) {
		List<String> found = new ArrayList<>();
		double limit = 1 + TOLERANCE + Math.max(before.ratios().noise(), now.ratios().noise());
		double p95 = worse(now.measured().p95(), before.measured().p95(), now.ratios().p95(), before.ratios().p95());
		if (p95 > limit) {
			found.add(line(now, "p95 is %.2f ms, was %.2f ms: worse by %.0f %% after the machine's part",
					now.measured().p95(), before.measured().p95(), 100 * (p95 - 1)));
		}
		double throughput = worse(before.measured().throughput(), now.measured().throughput(),
				before.ratios().throughput(), now.ratios().throughput());
		if (throughput > limit) {
			found.add(line(now, "throughput is %.0f/s, was %.0f/s: worse by %.0f %% after the machine's part",
					now.measured().throughput(), before.measured().throughput(), 100 * (throughput - 1)));
		}
		if (now.measured().errorRate() - before.measured().errorRate() > ERROR_POINTS) {
			found.add(line(now, "errors are %.2f %%, were %.2f %%", 100 * now.measured().errorRate(),
					100 * before.measured().errorRate()));
		}
		return found;
	}

	/**
	 * Takes the smaller of what got worse by itself and in its ratio to jnats.
	 */
	private static double worse(double now, double before, double nowRatio, double beforeRatio) {
		return Math.min(quotient(now, before), quotient(nowRatio, beforeRatio));
	}

	private static double quotient(double one, double other) {
		return (other > 0) ? one / other : ((one > 0) ? Double.MAX_VALUE : 1);
	}

	private static String line(ScenarioFigures scenario, String format, Object... args) {
		return scenario.name() + ": " + String.format(Locale.ROOT, format, args);
	}

}
