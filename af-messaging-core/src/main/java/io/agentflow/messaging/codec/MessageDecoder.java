package io.agentflow.messaging.codec;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.codec.InvalidMessageException.Reason;
import io.agentflow.messaging.codec.InvalidMessageException.Violation;

/**
 * Reads messages: size, one strict pass, check, hash.
 */
final class MessageDecoder {

	private final CodecSettings settings;

	private final HashCheck hashCheck;

	MessageDecoder(CodecSettings settings) {
		this.settings = settings;
		this.hashCheck = new HashCheck(settings);
	}

	DecodedMessage decode(byte[] bytes) {
		int maxBytes = this.settings.maxBytes().getAsInt();
		if (bytes.length > maxBytes) {
			throw MessageEncoder.tooLarge(bytes.length, maxBytes, null);
		}
		ReceivedEnvelope envelope = ReceivedEnvelope.read(bytes, this.settings.limits());
		if (!envelope.isRegular()) {
			throw refusal(tree(bytes));
		}
		AfMessage<JsonNode> message = envelope.toMessage();
		HashStatus status = this.hashCheck.check(bytes, envelope, message.id(), () -> tree(bytes));
		MessageEncoder.requirePayloadSchema(this.settings, message, payload(message));
		return new DecodedMessage(message, status);
	}

	private static JsonNode payload(AfMessage<JsonNode> message) {
		JsonNode payload = message.payload();
		return (payload != null) ? payload : NullNode.getInstance();
	}

	private JsonNode tree(byte[] bytes) {
		return StrictReader.tree(bytes, this.settings.limits());
	}

	private static InvalidMessageException refusal(JsonNode envelope) {
		List<Violation> violations = EnvelopeSchema.violations(envelope);
		if (violations.isEmpty()) {
			violations = List.of(new Violation("", "a message that the fast check refused and the schema accepted",
					"a message of the contract (please report this)"));
		}
		return new InvalidMessageException(Reason.SCHEMA, violations, id(envelope), null);
	}

	private static @Nullable String id(JsonNode envelope) {
		JsonNode id = envelope.path("id");
		return (id.isString() && EnvelopeRules.isId(id.stringValue())) ? id.stringValue() : null;
	}

}
