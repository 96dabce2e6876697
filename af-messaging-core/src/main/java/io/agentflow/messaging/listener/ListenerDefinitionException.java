package io.agentflow.messaging.listener;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessagingException;

/**
 * A listener cannot be as it was written. Found at start-up.
 */
public class ListenerDefinitionException extends AfMessagingException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message which method or id, what is wrong with it, and what would be right
	 */
	public ListenerDefinitionException(String message) {
		super(message);
	}

	/**
	 * Creates the exception.
	 * @param message which method or id, what is wrong with it, and what would be right
	 * @param cause what found it, or {@code null}
	 */
	public ListenerDefinitionException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
