package io.agentflow.messaging.benchmarks;

import java.time.Instant;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Cost;

/**
 * Messages of a given size, as agents exchange them: texts, numbers, small objects,
 * members in no particular order, a few characters outside ASCII.
 */
final class Samples {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private static final int STEP_BYTES = 190;

	private static final int ENVELOPE_BYTES = 620;

	private Samples() {
	}

	/**
	 * Makes a message.
	 * @param bytes about how long it is on the wire
	 * @return the message
	 */
	static AfMessage<JsonNode> message(int bytes) {
		ObjectNode payload = NODES.objectNode();
		payload.put("task", "summarise").put("model", "large-2").put("temperature", 0.7).put("max_tokens", 2048);
		ArrayNode steps = payload.putArray("steps");
		for (int i = 0; i * STEP_BYTES < bytes - ENVELOPE_BYTES; i++) {
			steps.addObject()
				.put("name", "step-" + i)
				.put("tool", "search")
				.put("query",
						"which of the \"open\" invoices are older than " + (30 + i)
								+ " days, grouped by customer – in €?")
				.put("score", 0.1 + i / 7.0)
				.put("duration_ms", 100 + i * 17)
				.put("ok", i % 5 != 0)
				.putNull("error");
		}
		return AfMessage.request("planner", "worker")
			.id("01HN8ZQJKM9XVQZJKM9XVQZJKM")
			.traceId("4bf92f3577b34da6a3ce929d0e0e4736")
			.spanId("00f067aa0ba902b7")
			.workflowId("wf-2026-11-22-0001")
			.agentId("planner")
			.correlationId("01HN8ZQJKM9XVQZJKM9XVQZJKN")
			.replyTo("agents.planner.in")
			.cost(Cost.of(1523, 0.0421))
			.ts(Instant.parse("2026-11-22T10:15:30.123456Z"))
			.<JsonNode>payload(payload)
			.build();
	}

}
