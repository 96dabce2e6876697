package io.agentflow.messaging.codec;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Cost;
import io.agentflow.messaging.MessageType;

/**
 * The envelope's rules as code, for the hot path. They say yes exactly where the JSON
 * Schema says yes, see {@link EnvelopeSchema}.
 */
final class EnvelopeRules {

	private static final String ID_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

	private static final long ID_LETTER_BITS = bits(ID_LETTERS);

	private static final int ID_LENGTH = 26;

	private static final int TRACE_ID_LENGTH = 32;

	private static final int SPAN_ID_LENGTH = 16;

	private static final double BILLION = 1e9;

	private static final int BILLION_DIGITS = 9;

	private static final long MAX_15_DIGITS = 1_000_000_000_000_000L;

	private EnvelopeRules() {
	}

	/**
	 * Marks characters from U+0020 to U+005F, which all letters of an id are among.
	 */
	private static long bits(String letters) {
		return letters.chars().mapToLong((c) -> 1L << (c - 0x20)).reduce(0, (a, b) -> a | b);
	}

	/**
	 * Tells whether a message in memory may be written, its content aside.
	 */
	static boolean isWritable(AfMessage<?> message) {
		return isId(message.id()) && isTraceId(message.traceId()) && isSpanId(message.spanId())
				&& !message.from().isEmpty() && !message.to().isEmpty() && Timestamps.isWritable(message.ts());
	}

	/**
	 * Checks an id as it is accepted: 26 letters of Crockford's base 32. Ids made here
	 * begin with 0 to 7 on top of that, as more would not fit into 128 bits.
	 */
	static boolean isId(String id) {
		if (id.length() != ID_LENGTH) {
			return false;
		}
		for (int i = 0; i < ID_LENGTH; i++) {
			int letter = id.charAt(i) - 0x20;
			if (letter < 0 || letter >= Long.SIZE || (ID_LETTER_BITS >>> letter & 1) == 0) {
				return false;
			}
		}
		return true;
	}

	static boolean isTraceId(String id) {
		return id.isEmpty() || Hex.is(id, TRACE_ID_LENGTH);
	}

	static boolean isSpanId(String id) {
		return id.isEmpty() || Hex.is(id, SPAN_ID_LENGTH);
	}

	static boolean isType(String type) {
		return MessageType.fromWireName(type) != null;
	}

	/**
	 * Reads a cost.
	 * @return the cost, or {@code null} if it breaks the rules
	 */
	static @Nullable Cost cost(JsonNode node) {
		if (!node.isObject() || node.size() != 2) {
			return null;
		}
		JsonNode tokens = node.get("tokens");
		JsonNode dollars = node.get("dollars");
		if (tokens == null || dollars == null || !tokens.isNumber() || !dollars.isNumber()) {
			return null;
		}
		double count = tokens.doubleValue();
		double amount = dollars.doubleValue();
		if (count != Math.rint(count) || count < 0 || count > CanonicalNumbers.MAX_SAFE_INTEGER || amount < 0) {
			return null;
		}
		return new Cost((long) count, decimal(amount));
	}

	/**
	 * Takes a double as the shortest decimal that reads back as it. A decimal of at most
	 * 15 digits that does is that one, since no two such decimals are the same double.
	 */
	private static BigDecimal decimal(double value) {
		long billionths = Math.round(value * BILLION);
		if (billionths < MAX_15_DIGITS && billionths / BILLION == value) {
			return BigDecimal.valueOf(billionths, BILLION_DIGITS);
		}
		return new BigDecimal(CanonicalNumbers.text(value));
	}

}
