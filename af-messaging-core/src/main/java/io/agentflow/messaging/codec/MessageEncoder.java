package io.agentflow.messaging.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Cost;
import io.agentflow.messaging.codec.InvalidMessageException.Reason;
import io.agentflow.messaging.codec.InvalidMessageException.Violation;

/**
 * Writes messages: payload to tree, check, one canonical write, hash.
 */
final class MessageEncoder {

	private static final byte[] COST = ascii("\"cost\":{\"dollars\":");

	private static final byte[] TOKENS = ascii(",\"tokens\":");

	private static final byte[] BEHIND_COST = ascii("},");

	private static final byte[] FROM = ascii("\"from\":");

	private static final byte[] ID = ascii(",\"id\":");

	private static final byte[] METADATA = ascii(",\"metadata\":");

	private static final byte[] PAYLOAD = ascii(",\"payload\":");

	private static final byte[] SPAN_ID = ascii(",\"span_id\":");

	private static final byte[] TO = ascii(",\"to\":");

	private static final byte[] TRACE_ID = ascii(",\"trace_id\":");

	private static final byte[] TS = ascii(",\"ts\":");

	private static final byte[] TYPE = ascii(",\"type\":");

	private final CodecSettings settings;

	MessageEncoder(CodecSettings settings) {
		this.settings = settings;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	EncodedMessage encode(AfMessage<?> message) {
		JsonNode payload = this.settings.mapper().toTree(message.payload());
		if (!EnvelopeRules.isWritable(message)) {
			throw refusal(message, payload);
		}
		requirePayloadSchema(this.settings, message, payload);
		EncodedMessage encoded;
		try {
			encoded = write(message, payload);
		}
		catch (UnwritableException ex) {
			throw refusal(message, payload);
		}
		int maxBytes = this.settings.maxBytes().getAsInt();
		if (encoded.bytes().length > maxBytes) {
			throw tooLarge(encoded.bytes().length, maxBytes, message.id());
		}
		return encoded;
	}

	/**
	 * Holds a payload to the schema that its message names.
	 */
	static void requirePayloadSchema(CodecSettings settings, AfMessage<?> message, JsonNode payload) {
		String type = message.payloadType();
		List<Violation> violations = (type != null) ? settings.schemas().violations(type, payload) : List.of();
		if (!violations.isEmpty()) {
			throw new InvalidMessageException(Reason.SCHEMA, violations, message.id(), null);
		}
	}

	static InvalidMessageException tooLarge(int length, int maxBytes, @Nullable String id) {
		return new InvalidMessageException(Reason.TOO_LARGE,
				List.of(new Violation("", length + " bytes", maxBytes + " bytes at most")), id, null);
	}

	/**
	 * Writes the members, whose rules were checked, in the order that both canonical
	 * forms put them in.
	 */
	private EncodedMessage write(AfMessage<?> message, JsonNode payload) {
		SealedWriter writer = new SealedWriter(this.settings.form(), this.settings.limits().maxDepth(),
				this.settings.mapper());
		writer.enter((byte) '{');
		cost(writer, message.cost());
		writer.room();
		writer.ascii(FROM);
		writer.string(message.from());
		writer.ascii(ID);
		writer.plainString(message.id());
		writer.ascii(METADATA);
		writer.map(message.metadata());
		writer.ascii(PAYLOAD);
		writer.node(payload);
		writer.ascii(SPAN_ID);
		writer.plainString(message.spanId());
		writer.ascii(TO);
		writer.string(message.to());
		writer.ascii(TRACE_ID);
		writer.plainString(message.traceId());
		writer.ascii(TS);
		writer.plainString(Timestamps.write(message.ts()));
		writer.ascii(TYPE);
		writer.plainString(message.type().wireName());
		writer.leave((byte) '}');
		return writer.seal();
	}

	private static void cost(SealedWriter writer, Cost cost) {
		writer.ascii(COST);
		writer.number(cost.dollars().doubleValue());
		writer.ascii(TOKENS);
		writer.integer(cost.tokens());
		writer.ascii(BEHIND_COST);
	}

	/**
	 * Looks for everything that is wrong with a message that was found to be wrong.
	 */
	private InvalidMessageException refusal(AfMessage<?> message, JsonNode payload) {
		ObjectNode envelope = tree(message);
		List<Violation> broken = new ArrayList<>(EnvelopeSchema.violations(envelope));
		List<Violation> unwritable = unwritable(message, payload);
		Reason reason = broken.isEmpty() ? Reason.MALFORMED : Reason.SCHEMA;
		broken.addAll(unwritable);
		return new InvalidMessageException(reason, broken, EnvelopeRules.isId(message.id()) ? message.id() : null,
				null);
	}

	private List<Violation> unwritable(AfMessage<?> message, JsonNode payload) {
		int maxDepth = this.settings.limits().maxDepth();
		List<Violation> violations = new ArrayList<>();
		violations.addAll(ContentRules.violations("/from", message.from(), 1, maxDepth));
		violations.addAll(ContentRules.violations("/to", message.to(), 1, maxDepth));
		violations.addAll(ContentRules.violations("/metadata", message.metadata(), 1, maxDepth));
		violations.addAll(ContentRules.violations("/payload", payload, 1, maxDepth));
		return violations;
	}

	private static ObjectNode tree(AfMessage<?> message) {
		ObjectNode tree = JsonNodeFactory.instance.objectNode();
		tree.put("id", message.id()).put("trace_id", message.traceId()).put("span_id", message.spanId());
		tree.put("from", message.from()).put("to", message.to()).put("type", message.type().wireName());
		tree.put("ts", Timestamps.isWritable(message.ts()) ? Timestamps.write(message.ts()) : message.ts().toString());
		return tree;
	}

}
