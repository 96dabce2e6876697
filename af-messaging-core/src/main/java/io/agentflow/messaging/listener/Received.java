package io.agentflow.messaging.listener;

import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;

/**
 * A verified message and its delivery.
 *
 * @param message the message, its payload still a tree
 * @param delivery where and how it came
 */
public record Received(AfMessage<JsonNode> message, Delivery delivery) {
}
