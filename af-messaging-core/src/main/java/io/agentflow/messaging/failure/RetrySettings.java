package io.agentflow.messaging.failure;

import java.time.Duration;
import java.util.random.RandomGenerator;

import org.springframework.util.Assert;

/**
 * How often, and at which distances, a failed delivery is tried again. Immutable.
 *
 * @param maxAttempts attempts in all, the first included, 1 or more
 * @param initialDelay wait before the second attempt
 * @param multiplier growth of the wait from attempt to attempt, 1 or more
 * @param maxDelay longest wait, before jitter
 * @param jitter share by which a wait may be shorter or longer, 0 to 1
 */
public record RetrySettings(int maxAttempts, Duration initialDelay, double multiplier, Duration maxDelay,
		double jitter) {

	/**
	 * Checks the bounds.
	 */
	public RetrySettings {
		Assert.isTrue(maxAttempts >= 1, () -> "retry.max-attempts must be 1 or more, not " + maxAttempts);
		Assert.isTrue(!initialDelay.isNegative(), () -> "retry.initial-delay must not be negative: " + initialDelay);
		Assert.isTrue(multiplier >= 1, () -> "retry.multiplier must be 1 or more, not " + multiplier);
		Assert.isTrue(maxDelay.compareTo(initialDelay) >= 0,
				() -> "retry.max-delay " + maxDelay + " must not be below retry.initial-delay " + initialDelay);
		Assert.isTrue(jitter >= 0 && jitter <= 1, () -> "retry.jitter must be from 0 to 1, not " + jitter);
	}

	/**
	 * Five attempts; 1 s, doubling to at most 1 min, ±25 %.
	 * @return the defaults
	 */
	public static RetrySettings defaults() {
		return new RetrySettings(5, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.25);
	}

	/**
	 * Returns these settings with another number of attempts.
	 * @param attempts attempts in all, 1 or more
	 * @return the settings
	 */
	public RetrySettings withMaxAttempts(int attempts) {
		return new RetrySettings(attempts, this.initialDelay, this.multiplier, this.maxDelay, this.jitter);
	}

	/**
	 * Returns these settings with other waits.
	 * @param initial wait before the second attempt
	 * @param max longest wait
	 * @return the settings
	 */
	public RetrySettings withDelays(Duration initial, Duration max) {
		return new RetrySettings(this.maxAttempts, initial, this.multiplier, max, this.jitter);
	}

	/**
	 * Computes the wait after a failed attempt.
	 * @param attempt the attempt that failed, from 1
	 * @param random where the jitter comes from
	 * @return within ±{@code jitter} of {@code initialDelay × multiplier^(attempt−1)}, or
	 * of {@code maxDelay} if that is shorter
	 */
	public Duration delayAfter(long attempt, RandomGenerator random) {
		double nanos = this.initialDelay.toNanos() * Math.pow(this.multiplier, Math.max(0, attempt - 1));
		double capped = Math.min(nanos, this.maxDelay.toNanos());
		double factor = 1 + this.jitter * (2 * random.nextDouble() - 1);
		return Duration.ofNanos((long) (capped * factor));
	}

}
