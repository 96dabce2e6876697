package io.agentflow.messaging.publish;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessagingException;

/**
 * The message may be stored. Publishing it again with the same id settles that: it is
 * then stored once, as long as that happens within the duplicate window of its stream.
 */
public class PublishUnknownException extends AfMessagingException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what happened to which message on which subject, and what to do
	 * @param cause what the client threw, or {@code null}
	 */
	public PublishUnknownException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
