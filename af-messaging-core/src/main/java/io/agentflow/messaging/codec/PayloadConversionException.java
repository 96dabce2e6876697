package io.agentflow.messaging.codec;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessagingException;

/**
 * A payload and a Java type do not fit each other. Trying again does not help.
 */
public class PayloadConversionException extends AfMessagingException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message which type, and where in the payload it did not fit; no content
	 * @param cause what the mapper threw
	 */
	public PayloadConversionException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
