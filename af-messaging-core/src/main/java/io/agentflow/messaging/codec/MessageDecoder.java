package io.agentflow.messaging.codec;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;
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

	private final JsonFactory factory;

	private final HashCheck hashCheck;

	MessageDecoder(CodecSettings settings) {
		this.settings = settings;
		this.factory = StrictParser.factory(settings.limits());
		this.hashCheck = new HashCheck(settings);
	}

	DecodedMessage decode(byte[] bytes) {
		int maxBytes = this.settings.maxBytes().getAsInt();
		if (bytes.length > maxBytes) {
			throw MessageEncoder.tooLarge(bytes.length, maxBytes, null);
		}
		ReceivedEnvelope envelope = read(bytes);
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

	private ReceivedEnvelope read(byte[] bytes) {
		try (StrictParser parser = new StrictParser(this.factory, this.settings.limits(), bytes)) {
			return ReceivedEnvelope.read(parser);
		}
	}

	private JsonNode tree(byte[] bytes) {
		try (StrictParser parser = new StrictParser(this.factory, this.settings.limits(), bytes)) {
			return parser.tree();
		}
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
