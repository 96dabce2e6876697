package io.agentflow.messaging.listener;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;

/**
 * Handles one message. Called from several threads at once where the listener's
 * concurrency is above 1.
 */
@FunctionalInterface
public interface AfMessageHandler {

	/**
	 * Handles a message that was verified before. It is acknowledged when this returns,
	 * or when the returned stage completes.
	 * @param message the message, its payload still a tree
	 * @param delivery where and how it came
	 * @return for a request, the payload of the response or the whole response as
	 * {@link AfMessage}; {@code null} for none; also as
	 * {@link java.util.concurrent.CompletionStage} of it
	 * @throws Exception if it could not be handled; the failure policy decides then
	 */
	@Nullable Object handle(AfMessage<JsonNode> message, Delivery delivery) throws Exception;

}
