package io.agentflow.messaging.publish;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessagingException;

/**
 * The message is certainly not stored.
 */
public class PublishRejectedException extends AfMessagingException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what happened to which message on which subject, and what to do
	 * @param cause what the client threw, or {@code null}
	 */
	public PublishRejectedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
