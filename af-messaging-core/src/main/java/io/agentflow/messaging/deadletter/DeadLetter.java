package io.agentflow.messaging.deadletter;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.failure.FailureReason;

/**
 * A message that could not be handled, as it is kept.
 *
 * @param sequence its sequence among the dead letters
 * @param reason why it was given up
 * @param exception class of the exception, or {@code null}
 * @param exceptionMessage message of the exception, shortened, or {@code null}
 * @param subject original subject
 * @param stream original stream
 * @param streamSequence original sequence
 * @param consumer durable consumer that gave up
 * @param attempts number of attempts
 * @param failedAt when it was given up
 * @param storedAt when the original was stored
 * @param messageId id of the message, unverified, or {@code null}
 * @param workflowId workflow of the message, unverified, or {@code null}
 * @param headers headers of the original; unmodifiable
 * @param body bytes of the original; empty where {@code bodyOmitted}
 * @param bodyOmitted whether the body was too large to be kept with its reasons; it is
 * then in the original stream for as long as that keeps it
 */
public record DeadLetter(long sequence, FailureReason reason, @Nullable String exception,
		@Nullable String exceptionMessage, String subject, String stream, long streamSequence, String consumer,
		long attempts, Instant failedAt, Instant storedAt, @Nullable String messageId, @Nullable String workflowId,
		Map<String, List<String>> headers, byte[] body, boolean bodyOmitted) {

	/**
	 * Names the dead letter without its content, so that it may be logged.
	 */
	@Override
	public String toString() {
		return "DeadLetter[" + this.sequence + " " + this.reason + " of " + this.stream + "/" + this.streamSequence
				+ " (" + this.subject + ") by " + this.consumer + " after " + this.attempts + " attempts]";
	}

}
