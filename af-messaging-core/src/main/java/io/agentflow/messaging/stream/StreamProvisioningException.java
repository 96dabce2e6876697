package io.agentflow.messaging.stream;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessagingException;

/**
 * A stream or consumer is not as specified and cannot be made so.
 */
public class StreamProvisioningException extends AfMessagingException {

	private static final long serialVersionUID = 1L;

	private final String stream;

	private final @Nullable String property;

	/**
	 * Creates the exception.
	 * @param stream the stream's name
	 * @param property the property to change, or {@code null} if no single one would help
	 * @param message what is wrong and what to do
	 * @param cause what the client threw, or {@code null}
	 */
	public StreamProvisioningException(String stream, @Nullable String property, String message,
			@Nullable Throwable cause) {
		super(message, cause);
		this.stream = stream;
		this.property = property;
	}

	/**
	 * Returns the stream concerned.
	 * @return its name
	 */
	public String stream() {
		return this.stream;
	}

	/**
	 * Returns the property to change.
	 * @return its name, {@code af.bus.streams.messages.max-bytes} and the like, or
	 * {@code null}
	 */
	public @Nullable String property() {
		return this.property;
	}

}
