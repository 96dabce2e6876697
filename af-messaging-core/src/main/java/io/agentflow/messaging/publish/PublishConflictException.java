package io.agentflow.messaging.publish;

/**
 * Another message of the same id is stored already. The broker drops the second one
 * without a word; this one tells.
 */
public class PublishConflictException extends PublishRejectedException {

	private static final long serialVersionUID = 1L;

	private final String stream;

	private final long sequence;

	/**
	 * Creates the exception.
	 * @param message which message and what to do
	 * @param stream stream that keeps the other message
	 * @param sequence its sequence there
	 */
	public PublishConflictException(String message, String stream, long sequence) {
		super(message, null);
		this.stream = stream;
		this.sequence = sequence;
	}

	/**
	 * Returns the stream that keeps the other message.
	 * @return its name
	 */
	public String stream() {
		return this.stream;
	}

	/**
	 * Returns the other message's sequence.
	 * @return the sequence
	 */
	public long sequence() {
		return this.sequence;
	}

}
