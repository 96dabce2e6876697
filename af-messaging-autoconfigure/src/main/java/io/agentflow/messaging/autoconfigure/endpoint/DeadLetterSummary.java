package io.agentflow.messaging.autoconfigure.endpoint;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.deadletter.DeadLetter;
import io.agentflow.messaging.failure.FailureReason;

/**
 * A dead letter without its content.
 *
 * @param sequence its sequence among the dead letters
 * @param reason why it was given up
 * @param exception class of the last failure, or {@code null}
 * @param subject the message's subject
 * @param stream the message's stream
 * @param streamSequence the message's sequence there
 * @param consumer durable consumer that gave up
 * @param attempts how often it was tried
 * @param failedAt when it was given up
 * @param messageId the message's id, or {@code null} if it could not be read
 * @param workflowId the message's workflow, or {@code null}
 */
public record DeadLetterSummary(long sequence, FailureReason reason, @Nullable String exception, String subject,
		String stream, long streamSequence, String consumer, long attempts, Instant failedAt,
		@Nullable String messageId, @Nullable String workflowId) {

	static DeadLetterSummary of(DeadLetter letter) {
		return new DeadLetterSummary(letter.sequence(), letter.reason(), letter.exception(), letter.subject(),
				letter.stream(), letter.streamSequence(), letter.consumer(), letter.attempts(), letter.failedAt(),
				letter.messageId(), letter.workflowId());
	}

}
