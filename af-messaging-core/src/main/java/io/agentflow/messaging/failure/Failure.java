package io.agentflow.messaging.failure;

import io.agentflow.messaging.Delivery;

/**
 * A delivery that was not handled.
 *
 * @param cause what the handler, or a step before it, threw
 * @param delivery the delivery; its attempt is the one that failed
 * @param retry the listener's limits
 */
public record Failure(Throwable cause, Delivery delivery, RetrySettings retry) {

	/**
	 * Tells whether no attempt is left.
	 * @return {@code true} if the attempt that failed was the last
	 */
	public boolean isLastAttempt() {
		return this.delivery.attempt() >= this.retry.maxAttempts();
	}

}
