package io.agentflow.messaging.connection;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.util.Assert;

/**
 * How often and how fast to try again. The delay doubles with every round and is then
 * spread evenly, so that the clients of a server that restarts do not come back all at
 * once.
 *
 * @param maxAttempts retries after the first attempt at start-up; after the first
 * connection there is no end
 * @param firstDelay delay before the first retry
 * @param maxDelay longest delay; none is spread beyond it
 * @param jitter how far the delay is spread, 0 to 1: 0.25 for ±25 %
 */
public record ReconnectPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay, double jitter) {

	/** 10 retries, 2 s doubling to 30 s, ±25 %. */
	public static final ReconnectPolicy DEFAULT = new ReconnectPolicy(10, Duration.ofSeconds(2), Duration.ofSeconds(30),
			0.25);

	/**
	 * Checks the bounds.
	 */
	public ReconnectPolicy {
		Assert.isTrue(maxAttempts >= 0, "ReconnectPolicy: maxAttempts must not be negative");
		Assert.isTrue(firstDelay.toMillis() >= 1, "ReconnectPolicy: firstDelay must be 1 ms or more");
		Assert.isTrue(jitter >= 0 && jitter <= 1, "ReconnectPolicy: jitter must be between 0 and 1");
		maxDelay = (maxDelay.compareTo(firstDelay) < 0) ? firstDelay : maxDelay;
	}

	/**
	 * Returns the same policy with another number of retries.
	 * @param attempts retries at start-up
	 * @return the policy
	 */
	public ReconnectPolicy withMaxAttempts(int attempts) {
		return new ReconnectPolicy(attempts, this.firstDelay, this.maxDelay, this.jitter);
	}

	/**
	 * Returns the same policy with another first delay.
	 * @param first delay before the first retry
	 * @return the policy
	 */
	public ReconnectPolicy withFirstDelay(Duration first) {
		return new ReconnectPolicy(this.maxAttempts, first, this.maxDelay, this.jitter);
	}

	/**
	 * Returns the same policy with another longest delay.
	 * @param longest longest delay; none is spread beyond it
	 * @return the policy
	 */
	public ReconnectPolicy withMaxDelay(Duration longest) {
		return new ReconnectPolicy(this.maxAttempts, this.firstDelay, longest, this.jitter);
	}

	/**
	 * Computes a delay, anew at each call.
	 * @param retry number of the retry, from 1
	 * @return how long to wait before it
	 */
	public Duration delay(long retry) {
		int doublings = (int) Math.min(Math.max(retry - 1, 0), 30);
		double full = Math.min(this.firstDelay.toNanos() * (double) (1L << doublings), this.maxDelay.toNanos());
		double spread = 1 + this.jitter * (2 * ThreadLocalRandom.current().nextDouble() - 1);
		return Duration.ofNanos((long) Math.min(full * spread, this.maxDelay.toNanos()));
	}

}
