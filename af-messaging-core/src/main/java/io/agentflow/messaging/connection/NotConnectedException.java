package io.agentflow.messaging.connection;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessagingException;

/**
 * There is no connection to the broker.
 */
public class NotConnectedException extends AfMessagingException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message which servers, what went wrong, what to do
	 * @param cause what the client threw last, or {@code null}
	 */
	public NotConnectedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
