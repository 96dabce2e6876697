package io.agentflow.messaging.deadletter;

import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.failure.FailureReason;

/**
 * A delivery that is to become a dead letter.
 *
 * @param message what the broker delivered; not changed
 * @param reason why it was given up
 * @param attempts number of attempts
 * @param cause what was thrown, or {@code null}
 * @param messageId id as far as it could be read, or {@code null}
 * @param workflowId workflow as far as it could be read, or {@code null}
 */
public record GivenUp(Message message, FailureReason reason, long attempts, @Nullable Throwable cause,
		@Nullable String messageId, @Nullable String workflowId) {
}
