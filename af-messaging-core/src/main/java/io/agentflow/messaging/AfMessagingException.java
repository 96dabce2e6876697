package io.agentflow.messaging;

import org.jspecify.annotations.Nullable;

/**
 * Root of every exception that this library throws on purpose. Messages name the stream,
 * consumer, subject, sequence or property concerned and never hold a payload or a secret.
 */
public class AfMessagingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception without a cause.
	 * @param message what happened, to what, and what to do about it
	 */
	public AfMessagingException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what happened, to what, and what to do about it
	 * @param cause what it was caused by, may be {@code null}
	 */
	public AfMessagingException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
