package io.agentflow.messaging.sample.harness;

import java.time.Duration;

/**
 * What one run has given. The arrays are the result's own; treat them as read-only.
 *
 * @param spec what was run
 * @param latencies nanoseconds of each round trip in order of sending; negative for a
 * request that did not come back
 * @param sentAt when each request was to be sent, in nanoseconds from the start; negative
 * for one that was not sent
 * @param elapsed from the first request to the last response
 * @param errors what went wrong
 * @param hashesVerified hashes that were verified: of each request by the responder, and
 * of each response by the requester
 */
public record RunResult(RunSpec spec, long[] latencies, long[] sentAt, Duration elapsed, Errors errors,
		int hashesVerified) {

	/**
	 * Counts requests that were sent.
	 * @return a number, less than wanted if the time was up
	 */
	public int sent() {
		return count(this.sentAt);
	}

	/**
	 * Counts requests that came back.
	 * @return a number
	 */
	public int completed() {
		return count(this.latencies);
	}

	/**
	 * Counts requests that did not come back, those never sent included.
	 * @return a number
	 */
	public int lost() {
		return this.spec.messages() - completed();
	}

	/**
	 * Tells how many came back.
	 * @return 0.0 to 1.0
	 */
	public double completion() {
		return (double) completed() / this.spec.messages();
	}

	/**
	 * Tells how much went wrong.
	 * @return errors for each request wanted
	 */
	public double errorRate() {
		return (double) this.errors.total() / this.spec.messages();
	}

	/**
	 * Tells how fast it went.
	 * @return round trips per second
	 */
	public double throughput() {
		return this.elapsed.isZero() ? 0 : completed() * 1e9 / this.elapsed.toNanos();
	}

	/**
	 * Computes the figures.
	 * @return figures of the round trips that ended
	 */
	public LatencyStats stats() {
		return LatencyStats.of(this.latencies);
	}

	private static int count(long[] values) {
		int count = 0;
		for (long value : values) {
			if (value >= 0) {
				count++;
			}
		}
		return count;
	}

	/**
	 * What went wrong in a run.
	 *
	 * @param publish requests that could not be stored
	 * @param consume responses that came and were not right: the hash of the request that
	 * was answered is not that of the request that was sent
	 * @param timeout requests without response in time
	 */
	public record Errors(int publish, int consume, int timeout) {

		/**
		 * Adds up.
		 * @return all errors
		 */
		public int total() {
			return this.publish + this.consume + this.timeout;
		}

		Errors plus(Errors other) {
			return new Errors(this.publish + other.publish, this.consume + other.consume, this.timeout + other.timeout);
		}

	}

}
