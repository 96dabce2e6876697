package io.agentflow.messaging.sample.harness;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How something compares with jnats alone in the same process and minute: medians over
 * the repetitions.
 *
 * @param p50 latency, 1.0 is as fast as jnats, 2.0 takes twice as long
 * @param p95 latency
 * @param throughput 1.0 is as much as jnats, 0.5 half as much
 * @param control jnats compared with itself: how far from 1.0 the machine's own changes
 * lead
 */
public record Ratios(double p50, double p95, double throughput, double control) {

	/** How far {@link #control} may be from 1.0 in a comparison that can be relied on. */
	public static final double FIRM = 0.05;

	static Ratios of(List<Repetition> repetitions) {
		return new Ratios(median(repetitions, Repetition::p50Ratio), median(repetitions, Repetition::p95Ratio),
				median(repetitions, Repetition::throughputRatio), median(repetitions, Repetition::control));
	}

	/**
	 * Tells by how much the machine's own changes blur the comparison.
	 * @return 0.0 for not at all
	 */
	public double noise() {
		return Math.abs(this.control - 1);
	}

	/**
	 * Tells whether the machine was quiet enough to rely on the ratios.
	 * @return whether
	 */
	public boolean isFirm() {
		return noise() <= FIRM;
	}

	private static double median(List<Repetition> repetitions, ToDoubleFunction<Repetition> figure) {
		return Measured.median(repetitions.stream().mapToDouble(figure).toArray());
	}

}
