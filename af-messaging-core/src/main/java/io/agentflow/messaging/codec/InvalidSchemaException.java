package io.agentflow.messaging.codec;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessagingException;

/**
 * A payload's JSON Schema cannot be used. Found at start-up.
 */
public class InvalidSchemaException extends AfMessagingException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message which schema, what is wrong with it, and what to do
	 * @param cause what found it, or {@code null}
	 */
	public InvalidSchemaException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
