package io.agentflow.messaging.codec;

import io.agentflow.messaging.AfMessage;
import tools.jackson.databind.JsonNode;

/**
 * A received message that meets the contract.
 *
 * @param message the message, its payload still a tree
 * @param hashStatus what its hash proved
 */
public record DecodedMessage(AfMessage<JsonNode> message, HashStatus hashStatus) {
}
