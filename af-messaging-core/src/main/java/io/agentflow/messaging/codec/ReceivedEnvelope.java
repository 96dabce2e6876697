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

	private int hashFrom;

	private int hashTo;

	private int seen;

	private boolean regular = true;

	/**
	 * Reads a message.
	 * @param text the received bytes
	 * @param limits what they must keep to
	 * @return its members; whether they keep the envelope's rules {@link #isRegular} says
	 * @throws InvalidMessageException if the text is malformed
	 */
	static ReceivedEnvelope read(byte[] text, CodecLimits limits) {
		try {
			ReceivedEnvelope envelope = new ReceivedEnvelope();
			StrictReader reader = new StrictReader(text, limits);
			if (reader.peek() == '{') {
				envelope.members(reader);
			}
			else {
				reader.node();
				envelope.regular = false;
			}
			reader.end();
			return envelope;
		}
		catch (MalformedJsonException ex) {
			throw ex.refusal();
		}
	}

	private void members(StrictReader reader) {
		String name = reader.firstName();
		while (name != null) {
			try {
				member(name, reader);
			}
			catch (MalformedJsonException ex) {
				throw ex.below(name);
			}
			name = reader.nextName();
		}
	}

	private void member(String name, StrictReader reader) {
		switch (name) {
			case "id" -> this.id = text(reader, 1);
			case "trace_id" -> this.traceId = orIrregular(text(reader, 1 << 1));
			case "span_id" -> this.spanId = orIrregular(text(reader, 1 << 2));
			case "from" -> this.from = text(reader, 1 << 3);
			case "to" -> this.to = text(reader, 1 << 4);
			case "type" -> this.type = MessageType.fromWireName(text(reader, 1 << 5));
			case "payload" -> this.payload = tree(reader, 1 << 6);
			case "metadata" -> metadata(reader);
			case "cost" -> this.cost = EnvelopeRules.cost(tree(reader, 1 << 8));
			case "ts" -> this.ts = time(text(reader, 1 << 9));
			case EnvelopeHash.MEMBER -> {
				this.hashFrom = reader.nameOffset();
				this.envelopeHash = orIrregular(text(reader, 1 << 10));
				this.hashTo = reader.position();
			}
			default -> {
				// Duplicates among these are found when all violations are listed.
				this.regular = false;
				reader.node();
			}
		}
	}

	private void metadata(StrictReader reader) {
		once(1 << 7);
		if (reader.peek() == '{') {
			this.metadata = reader.map();
		}
		else {
			this.regular &= reader.node().isNull();
		}
	}

	private @Nullable String text(StrictReader reader, int bit) {
		once(bit);
		if (reader.peek() == '"') {
			return reader.string();
		}
		reader.node();
		return null;
	}

	private JsonNode tree(StrictReader reader, int bit) {
		once(bit);
		return reader.node();
	}

	private void once(int bit) {
		if ((this.seen & bit) != 0) {
			throw StrictReader.duplicate();
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
	 * Measures the member {@code envelope_hash}, which must be there.
	 * @param text the bytes that were read
	 */
	HashMember hashMember(byte[] text) {
		return HashMember.of(text, this.hashFrom, this.hashTo);
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
