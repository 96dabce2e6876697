package io.agentflow.messaging.deadletter;

import org.jspecify.annotations.Nullable;

import io.nats.client.Message;

import io.agentflow.messaging.failure.FailureReason;

/**
 * A message that is to become a dead letter.
 *
 * @param original the message
 * @param consumer durable consumer that it is given up for
 * @param reason why
 * @param attempts number of attempts
 * @param cause what was thrown, or {@code null}
 * @param messageId id as far as it could be read, or {@code null}
 * @param workflowId workflow as far as it could be read, or {@code null}
 */
public record GivenUp(Original original, String consumer, FailureReason reason, long attempts,
		@Nullable Throwable cause, @Nullable String messageId, @Nullable String workflowId) {

	/**
	 * Gives up what a consumer has delivered.
	 * @param message the delivery; not changed
	 * @param reason why
	 * @param attempts number of attempts
	 * @param cause what was thrown, or {@code null}
	 * @param messageId id as far as it could be read, or {@code null}
	 * @param workflowId workflow as far as it could be read, or {@code null}
	 */
	public GivenUp(Message message, FailureReason reason, long attempts, @Nullable Throwable cause,
			@Nullable String messageId, @Nullable String workflowId) {
		this(Original.of(message), message.metaData().getConsumer(), reason, attempts, cause, messageId, workflowId);
	}

}
