package io.agentflow.messaging.sample.harness;

/**
 * One turn of a comparison: jnats alone, what is measured, and jnats alone again, as
 * close in time as they can be.
 *
 * @param before jnats alone
 * @param ours what is measured
 * @param after jnats alone again, to tell how much the machine itself changes
 */
record Repetition(RunResult before, RunResult ours, RunResult after) {

	double p50Ratio() {
		return ratio(this.ours.stats().p50(), (this.before.stats().p50() + this.after.stats().p50()) / 2);
	}

	double p95Ratio() {
		return ratio(this.ours.stats().p95(), (this.before.stats().p95() + this.after.stats().p95()) / 2);
	}

	double throughputRatio() {
		return ratio(this.ours.throughput(), (this.before.throughput() + this.after.throughput()) / 2);
	}

	double control() {
		return ratio(this.after.stats().p50(), this.before.stats().p50());
	}

	private static double ratio(double one, double other) {
		return (other > 0) ? one / other : 0;
	}

}
