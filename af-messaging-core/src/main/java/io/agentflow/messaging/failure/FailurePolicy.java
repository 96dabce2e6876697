package io.agentflow.messaging.failure;

import java.util.function.Predicate;

/**
 * Decides what to do with a failed delivery. A decision only: nothing is sent, settled or
 * waited for here. Implementations are thread-safe.
 */
@FunctionalInterface
public interface FailurePolicy {

	/**
	 * Decides.
	 * @param failure the delivery that failed
	 * @return what to do with it
	 */
	Disposition decide(Failure failure);

	/**
	 * Retries with growing waits until the attempts are used up, then dead-letters;
	 * failures that trying again cannot mend are dead-lettered at once: those of the
	 * contract, of conversion and validation, of argument resolution, and
	 * {@link PermanentFailureException}, also where they are the cause of another.
	 * @return the policy that listeners use by default
	 */
	static FailurePolicy backoff() {
		return new BackoffFailurePolicy((cause) -> false);
	}

	/**
	 * As {@link #backoff()}, with more failures taken as permanent.
	 * @param permanent tells of an exception, or of one of its causes, that trying again
	 * is of no use
	 * @return the policy
	 */
	static FailurePolicy backoff(Predicate<Throwable> permanent) {
		return new BackoffFailurePolicy(permanent);
	}

}
