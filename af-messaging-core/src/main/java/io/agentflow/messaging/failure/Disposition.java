package io.agentflow.messaging.failure;

import java.time.Duration;

/**
 * What is to be done with a failed delivery.
 */
public sealed interface Disposition {

	/**
	 * Try again.
	 *
	 * @param delay how long to wait first, zero or more
	 */
	record Retry(Duration delay) implements Disposition {

		/**
		 * Checks the delay.
		 */
		public Retry {
			if (delay.isNegative()) {
				throw new IllegalArgumentException("Retry: the delay must not be negative, but is " + delay);
			}
		}

	}

	/**
	 * Give up and keep it with the dead letters.
	 *
	 * @param reason why
	 */
	record DeadLetter(FailureReason reason) implements Disposition {
	}

	/**
	 * Give up and keep nothing. Nothing in this library decides so by itself.
	 *
	 * @param reason why, for the log
	 */
	record Discard(String reason) implements Disposition {
	}

}
