package io.agentflow.messaging.publish;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.util.Assert;

/**
 * How patiently to publish.
 *
 * @param deadline how long to try in all, from the call to the last attempt
 * @param maxInFlight most messages whose receipt is awaited at one time; a call beyond it
 * waits
 * @param attemptTimeout how long to wait for the answer to one attempt
 * @param firstBackoff upper bound of the delay before the first retry; doubles with each
 * @param maxBackoff upper bound of every delay
 * @param stalledAfter how long publishes time out before the state is called stalled
 */
public record PublishSettings(Duration deadline, int maxInFlight, Duration attemptTimeout, Duration firstBackoff,
		Duration maxBackoff, Duration stalledAfter) {

	/** 30 s, 256 in flight, attempts of 2 s, backoff 50 ms to 1 s, stalled after 5 s. */
	public static final PublishSettings DEFAULT = new PublishSettings(Duration.ofSeconds(30), 256,
			Duration.ofSeconds(2), Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(5));

	/**
	 * Checks the bounds.
	 */
	public PublishSettings {
		Assert.isTrue(deadline.toMillis() >= 1, "PublishSettings: deadline must be 1 ms or more");
		Assert.isTrue(maxInFlight >= 1, "PublishSettings: maxInFlight must be 1 or more");
		Assert.isTrue(attemptTimeout.toMillis() >= 1, "PublishSettings: attemptTimeout must be 1 ms or more");
		Assert.isTrue(firstBackoff.toMillis() >= 1, "PublishSettings: firstBackoff must be 1 ms or more");
		Assert.isTrue(maxBackoff.compareTo(firstBackoff) >= 0,
				"PublishSettings: maxBackoff must not be below firstBackoff");
		Assert.isTrue(!stalledAfter.isNegative(), "PublishSettings: stalledAfter must not be negative");
	}

	/**
	 * Returns the same settings with another deadline.
	 * @param other how long to try in all
	 * @return the settings
	 */
	public PublishSettings withDeadline(Duration other) {
		return new PublishSettings(other, this.maxInFlight, this.attemptTimeout, this.firstBackoff, this.maxBackoff,
				this.stalledAfter);
	}

	/**
	 * Returns the same settings with another bound of messages in flight.
	 * @param other most messages whose receipt is awaited at one time
	 * @return the settings
	 */
	public PublishSettings withMaxInFlight(int other) {
		return new PublishSettings(this.deadline, other, this.attemptTimeout, this.firstBackoff, this.maxBackoff,
				this.stalledAfter);
	}

	/**
	 * Returns the same settings with another attempt timeout.
	 * @param other how long to wait for the answer to one attempt
	 * @return the settings
	 */
	public PublishSettings withAttemptTimeout(Duration other) {
		return new PublishSettings(this.deadline, this.maxInFlight, other, this.firstBackoff, this.maxBackoff,
				this.stalledAfter);
	}

	/**
	 * Computes a delay with full jitter: anything between nothing and the bound, so that
	 * many publishers do not retry in step.
	 * @param retry number of the retry, from 1
	 * @return nanoseconds
	 */
	long backoffNanos(int retry) {
		double bound = Math.min(this.firstBackoff.toNanos() * Math.pow(2, Math.min(retry, 31) - 1.0),
				this.maxBackoff.toNanos());
		return (long) (ThreadLocalRandom.current().nextDouble() * bound);
	}

}
