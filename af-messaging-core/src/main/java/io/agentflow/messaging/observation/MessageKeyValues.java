package io.agentflow.messaging.observation;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.observation.AfObservation.HighKey;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * Collects the tags of many values, leaving out those that have none.
 */
final class MessageKeyValues {

	private final List<KeyValue> values = new ArrayList<>();

	MessageKeyValues add(HighKey key, @Nullable Object value) {
		String text = (value != null) ? value.toString() : "";
		if (!text.isEmpty()) {
			this.values.add(key.withValue(text));
		}
		return this;
	}

	MessageKeyValues addMessage(@Nullable AfMessage<?> message, @Nullable String envelopeHash) {
		if (message == null) {
			return this;
		}
		return add(HighKey.MESSAGE_ID, message.id()).add(HighKey.CONVERSATION_ID, message.correlationId())
			.add(HighKey.WORKFLOW_ID, message.workflowId())
			.add(HighKey.AGENT_ID, message.agentId())
			.add(HighKey.FROM, message.from())
			.add(HighKey.TO, message.to())
			.add(HighKey.ENVELOPE_HASH, (envelopeHash != null) ? envelopeHash : message.envelopeHash())
			.add(HighKey.COST_TOKENS, message.cost().tokens())
			.add(HighKey.COST_DOLLARS, message.cost().dollars());
	}

	MessageKeyValues addServer(@Nullable String hostAndPort) {
		int colon = (hostAndPort != null) ? hostAndPort.lastIndexOf(':') : -1;
		if (hostAndPort != null && colon > 0) {
			add(HighKey.SERVER_ADDRESS, hostAndPort.substring(0, colon));
			add(HighKey.SERVER_PORT, hostAndPort.substring(colon + 1));
		}
		return this;
	}

	MessageKeyValues addError(@Nullable Throwable error) {
		return add(HighKey.ERROR_TYPE, (error != null) ? error.getClass().getName() : null);
	}

	KeyValues build() {
		return KeyValues.of(this.values);
	}

}
