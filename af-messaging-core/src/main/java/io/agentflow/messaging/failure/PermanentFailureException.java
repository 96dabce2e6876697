package io.agentflow.messaging.failure;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessagingException;

/**
 * Thrown by a handler to say that trying again is of no use: the message goes straight to
 * the dead letters.
 */
public class PermanentFailureException extends AfMessagingException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message why; it is kept with the dead letter
	 */
	public PermanentFailureException(String message) {
		super(message);
	}

	/**
	 * Creates the exception.
	 * @param message why; it is kept with the dead letter
	 * @param cause what made it so, or {@code null}
	 */
	public PermanentFailureException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
