package io.agentflow.messaging.listener;

import io.agentflow.messaging.AfMessagingException;

/**
 * A handler had a message for longer than {@code max-processing-time}. Tried again, like
 * any failure that is not permanent.
 */
public class ProcessingTimeoutException extends AfMessagingException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message which listener, which message, which limit
	 */
	public ProcessingTimeoutException(String message) {
		super(message);
	}

}
