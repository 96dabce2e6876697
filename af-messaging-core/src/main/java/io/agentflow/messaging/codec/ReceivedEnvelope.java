package io.agentflow.messaging.codec;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Cost;
import io.agentflow.messaging.MessageType;

/**
 * The top-level members of a received message, collected in one pass over its bytes. Not
 * thread-safe.
 */
final class ReceivedEnvelope {

	private @Nullable String id;

	private String traceId = "";

	private String spanId = "";

	private @Nullable String from;

	private @Nullable String to;

	private @Nullable MessageType type;

	private JsonNode payload = NullNode.getInstance();

	private Map<String, @Nullable Object> metadata = Map.of();

	private @Nullable Cost cost = Cost.ZERO;

	private @Nullable Instant ts;

	private @Nullable String envelopeHash;

	private int hashOffset = -1;

	private int seen;

	private boolean regular = true;

	/**
	 * Reads a message.
	 * @param parser at the start of the text
	 * @return its members; whether they keep the envelope's rules {@link #isRegular} says
	 * @throws InvalidMessageException if the text is malformed
	 */
	static ReceivedEnvelope read(StrictParser parser) {
		ReceivedEnvelope envelope = new ReceivedEnvelope();
		if (parser.startsObject()) {
			String name = parser.nextName();
			while (name != null) {
				envelope.member(name, parser);
				name = parser.nextName();
			}
		}
		else {
			parser.node();
			envelope.regular = false;
		}
		parser.end();
		return envelope;
	}

	private void member(String name, StrictParser parser) {
		switch (name) {
			case "id" -> this.id = text(parser, 1);
			case "trace_id" -> this.traceId = orIrregular(text(parser, 1 << 1));
			case "span_id" -> this.spanId = orIrregular(text(parser, 1 << 2));
			case "from" -> this.from = text(parser, 1 << 3);
			case "to" -> this.to = text(parser, 1 << 4);
			case "type" -> this.type = MessageType.fromWireName(text(parser, 1 << 5));
			case "payload" -> this.payload = tree(parser, 1 << 6);
			case "metadata" -> metadata(parser);
			case "cost" -> this.cost = EnvelopeRules.cost(tree(parser, 1 << 8));
			case "ts" -> this.ts = time(text(parser, 1 << 9));
			case "envelope_hash" -> {
				this.hashOffset = parser.nameOffset();
				this.envelopeHash = orIrregular(text(parser, 1 << 10));
			}
			default -> {
				// Duplicates among these are found when all violations are listed.
				this.regular = false;
				parser.next();
				parser.node();
			}
		}
	}

	private void metadata(StrictParser parser) {
		once(parser, 1 << 7);
		parser.next();
		Object value = parser.value();
		if (value instanceof Map<?, ?>) {
			@SuppressWarnings("unchecked")
			Map<String, @Nullable Object> members = (Map<String, @Nullable Object>) value;
			this.metadata = members;
		}
		else if (value != null) {
			this.regular = false;
		}
	}

	private @Nullable String text(StrictParser parser, int bit) {
		once(parser, bit);
		if (parser.nextIsString()) {
			return parser.string();
		}
		parser.node();
		return null;
	}

	private JsonNode tree(StrictParser parser, int bit) {
		once(parser, bit);
		parser.next();
		return parser.node();
	}

	private void once(StrictParser parser, int bit) {
		if ((this.seen & bit) != 0) {
			throw parser.duplicate();
		}
		this.seen |= bit;
	}

	private String orIrregular(@Nullable String text) {
		this.regular &= text != null;
		return (text != null) ? text : "";
	}

	private static @Nullable Instant time(@Nullable String text) {
		return (text != null) ? Timestamps.read(text) : null;
	}

	/**
	 * Tells whether the members keep the envelope's rules.
	 */
	boolean isRegular() {
		return this.regular && this.id != null && EnvelopeRules.isId(this.id) && EnvelopeRules.isTraceId(this.traceId)
				&& EnvelopeRules.isSpanId(this.spanId) && this.from != null && !this.from.isEmpty() && this.to != null
				&& !this.to.isEmpty() && this.type != null && this.cost != null && this.ts != null
				&& (this.envelopeHash == null || Hex.is(this.envelopeHash, EnvelopeHash.DIGITS));
	}

	/**
	 * Returns the hash that the message says it has.
	 * @return the hash, or {@code null} if there is none
	 */
	@Nullable String envelopeHash() {
		return this.envelopeHash;
	}

	/**
	 * Returns the offset of the quote that opens the name {@code envelope_hash}.
	 */
	int hashOffset() {
		return this.hashOffset;
	}

	/**
	 * Makes a message of members that are regular.
	 */
	AfMessage<JsonNode> toMessage() {
		if (this.id == null || this.from == null || this.to == null || this.type == null || this.cost == null
				|| this.ts == null) {
			throw new IllegalStateException("Members are missing: ask isRegular first");
		}
		return new AfMessage<>(this.id, this.traceId, this.spanId, this.from, this.to, this.type, this.payload,
				this.metadata, this.cost, this.ts, this.envelopeHash);
	}

}
