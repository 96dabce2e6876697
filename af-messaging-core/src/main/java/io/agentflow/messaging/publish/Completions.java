package io.agentflow.messaging.publish;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Reads how futures have failed.
 */
public final class Completions {

	private Completions() {
	}

	/**
	 * Takes off what futures wrap a failure in, which differs with the way it was waited
	 * for.
	 * @param failure what a future ended with
	 * @return the failure itself
	 */
	public static Throwable causeOf(Throwable failure) {
		Throwable cause = failure;
		while ((cause instanceof CompletionException || cause instanceof ExecutionException)
				&& cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

}
