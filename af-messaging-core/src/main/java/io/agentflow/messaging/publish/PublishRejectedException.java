package io.agentflow.messaging.publish;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessagingException;

/**
 * The message is certainly not stored.
 */
public class PublishRejectedException extends AfMessagingException {

	private static final long serialVersionUID = 1L;

	private final boolean retryable;

	private final int errorCode;

	/**
	 * Creates the exception of a message that will be refused again as it is.
	 * @param message what happened to which message on which subject, and what to do
	 * @param cause what the client threw, or {@code null}
	 */
	public PublishRejectedException(String message, @Nullable Throwable cause) {
		this(message, false, 0, cause);
	}

	/**
	 * Creates the exception.
	 * @param message what happened to which message on which subject, and what to do
	 * @param retryable whether the same message may be accepted later
	 * @param errorCode the JetStream API's error code, or 0
	 * @param cause what the client threw, or {@code null}
	 */
	public PublishRejectedException(String message, boolean retryable, int errorCode, @Nullable Throwable cause) {
		super(message, cause);
		this.retryable = retryable;
		this.errorCode = errorCode;
	}

	/**
	 * Tells whether the fault lies with the broker rather than with the message: no
	 * connection, no stream, no space, no permission.
	 * @return whether the same message may be accepted later
	 */
	public boolean isRetryable() {
		return this.retryable;
	}

	/**
	 * Returns what the JetStream API said.
	 * @return its error code, or 0 if it said nothing
	 */
	public int errorCode() {
		return this.errorCode;
	}

}
