package io.agentflow.messaging.publish;

import io.agentflow.messaging.AfMessage;

/**
 * A message and where it goes.
 *
 * @param subject the subject
 * @param message the message
 */
public record OutgoingMessage(String subject, AfMessage<?> message) {
}
