package io.agentflow.messaging.listener;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;

/**
 * Handles one message and acknowledges it itself, then or later, from any thread.
 */
@FunctionalInterface
public interface AfAcknowledgingHandler {

	/**
	 * Handles a message. Until it is settled through {@code acknowledgment} it stays in
	 * flight, and the broker is told so, up to the listener's longest processing time.
	 * @param message the message, its payload still a tree
	 * @param delivery where and how it came
	 * @param acknowledgment settles it
	 * @return as for {@link AfMessageHandler}; a response is published when this returns
	 * @throws Exception if it could not be handled; the failure policy decides then,
	 * unless it was settled already
	 */
	@Nullable Object handle(AfMessage<JsonNode> message, Delivery delivery, Acknowledgment acknowledgment) throws Exception;

}
