package io.agentflow.messaging.deadletter;

/**
 * Names of the headers that a dead letter has beside those of the original message.
 */
public final class DeadLetterHeaders {

	/** Why, a {@link io.agentflow.messaging.failure.FailureReason}. */
	public static final String REASON = "Af-Dead-Reason";

	/** Class of the exception. */
	public static final String EXCEPTION = "Af-Dead-Exception";

	/** Message of the exception, percent-encoded UTF-8, shortened. */
	public static final String EXCEPTION_MESSAGE = "Af-Dead-Exception-Message";

	/** Original subject. */
	public static final String SUBJECT = "Af-Dead-Subject";

	/** Original stream. */
	public static final String STREAM = "Af-Dead-Stream";

	/** Original sequence. */
	public static final String SEQUENCE = "Af-Dead-Sequence";

	/** Durable consumer that gave up. */
	public static final String CONSUMER = "Af-Dead-Consumer";

	/** Number of attempts. */
	public static final String ATTEMPTS = "Af-Dead-Attempts";

	/** When it was given up, RFC 3339. */
	public static final String TIME = "Af-Dead-Time";

	/** When the original was stored, RFC 3339. */
	public static final String STORED_AT = "Af-Dead-Stored-At";

	/** Original {@code Nats-Msg-Id}, percent-encoded. */
	public static final String MESSAGE_ID = "Af-Dead-Msg-Id";

	/** Workflow, percent-encoded, where it could be read. */
	public static final String WORKFLOW_ID = "Af-Dead-Workflow-Id";

	/**
	 * Present, with value {@code omitted}, where original and reasons together would pass
	 * the server's {@code max_payload}: the body is still in the original stream.
	 */
	public static final String BODY = "Af-Dead-Body";

	/** On a message sent again: sequence of the dead letter it was. */
	public static final String REDRIVE = "Af-Redrive";

	/** On a message sent again: the one durable consumer that it is for. */
	public static final String REDRIVE_CONSUMER = "Af-Redrive-Consumer";

	private DeadLetterHeaders() {
	}

	/**
	 * Returns the {@code Nats-Msg-Id} of a message that is sent again. It differs from
	 * the message's own id, which the broker would drop as a duplicate within two minutes
	 * of the original, and is the same however often one dead letter is sent.
	 * @param deadLetterSequence sequence of the dead letter
	 * @param messageId the message's id
	 * @return the header's value
	 */
	public static String redriveId(String deadLetterSequence, String messageId) {
		return "redrive:" + deadLetterSequence + ":" + messageId;
	}

}
