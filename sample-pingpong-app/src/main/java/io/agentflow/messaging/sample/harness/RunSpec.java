package io.agentflow.messaging.sample.harness;

import java.time.Duration;

/**
 * What one run does. Immutable.
 *
 * @param messages requests to send, 1 or more
 * @param concurrency requests in flight of a closed loop, 1 or more; without meaning if
 * there is a rate
 * @param payloadBytes length of the text in request and response, in bytes, 0 or more
 * @param rate requests per second of an open loop, which sends without waiting for
 * responses; 0 for a closed loop
 * @param timeout a request without response for so long counts as lost
 * @param limit no request is sent when the run has taken so long
 */
public record RunSpec(int messages, int concurrency, int payloadBytes, double rate, Duration timeout, Duration limit) {

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(10);

	/**
	 * Checks the bounds.
	 */
	public RunSpec {
		require(messages >= 1, "messages must be 1 or more, not " + messages);
		require(concurrency >= 1, "concurrency must be 1 or more, not " + concurrency);
		require(payloadBytes >= 0, "payload-bytes must be 0 or more, not " + payloadBytes);
		require(rate >= 0, "rate must be 0 (closed loop) or more, not " + rate);
		require(timeout.toMillis() >= 1, "timeout must be 1 ms or more, not " + timeout);
		require(limit.toMillis() >= 1, "limit must be 1 ms or more, not " + limit);
	}

	/**
	 * A closed loop with the usual time limits.
	 * @param messages requests to send
	 * @param concurrency requests in flight
	 * @param payloadBytes length of the text
	 * @return a run that gives requests 10 s and itself 10 min
	 */
	public static RunSpec closedLoop(int messages, int concurrency, int payloadBytes) {
		return new RunSpec(messages, concurrency, payloadBytes, 0, DEFAULT_TIMEOUT, DEFAULT_LIMIT);
	}

	/**
	 * Returns the same run with another number of requests.
	 * @param other requests to send
	 * @return the run
	 */
	public RunSpec withMessages(int other) {
		return new RunSpec(other, this.concurrency, this.payloadBytes, this.rate, this.timeout, this.limit);
	}

	/**
	 * Returns the same run at another rate.
	 * @param other requests per second, 0 for a closed loop
	 * @return the run
	 */
	public RunSpec withRate(double other) {
		return new RunSpec(this.messages, this.concurrency, this.payloadBytes, other, this.timeout, this.limit);
	}

	/**
	 * Returns the same run with other time limits.
	 * @param forResponse a request without response for so long counts as lost
	 * @param forRun no request is sent when the run has taken so long
	 * @return the run
	 */
	public RunSpec withTimes(Duration forResponse, Duration forRun) {
		return new RunSpec(this.messages, this.concurrency, this.payloadBytes, this.rate, forResponse, forRun);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
