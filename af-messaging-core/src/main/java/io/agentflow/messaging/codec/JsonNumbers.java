package io.agentflow.messaging.codec;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

import tools.jackson.core.io.NumberInput;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads one number (RFC 8259, section 6) and makes of it what it is in a message. Not
 * thread-safe, used for one number.
 */
final class JsonNumbers {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private static final double SAFE = CanonicalNumbers.MAX_SAFE_INTEGER;

	/** So many digits fit into a long, whatever they are. */
	private static final int LONG_DIGITS = 18;

	/** So many fit into an int. */
	private static final int INT_DIGITS = 9;

	private static final int LARGEST_EXPONENT = 100_000;

	/** The powers of ten that are doubles. */
	private static final double[] POWERS = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13,
			1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

	private JsonNumbers() {
	}

	/**
	 * Reads a number, whose sign or first digit is next.
	 * @param input moved behind it
	 * @return an int, a long or an exact integer, or else a double
	 */
	static JsonNode read(JsonInput input) {
		byte[] text = input.text();
		int from = input.position();
		boolean negative = text[from] == '-';
		int first = negative ? from + 1 : from;
		int at = first;
		long value = 0;
		if (at < text.length && text[at] == '0') {
			at++;
		}
		else {
			for (; at < text.length && isDigit(text[at]); at++) {
				value = value * 10 + (text[at] - '0');
			}
			if (at == first) {
				input.moveTo(at);
				throw input.notJson();
			}
		}
		if (at < text.length && (text[at] == '.' || isExponent(text[at]))) {
			return NODES.numberNode(decimal(input, from, at, value));
		}
		requireLength(input, at - first);
		input.moveTo(at);
		if (at - first > INT_DIGITS) {
			return largeInteger(text, from, at, negative ? -value : value);
		}
		return (value == 0 && negative) ? NODES.numberNode(-0.0) : NODES.numberNode((int) (negative ? -value : value));
	}

	/**
	 * Takes an integer of ten digits or more. Beyond ±(2^53−1), text that a double is
	 * written as becomes that double; any other stays exact, to be proven by the received
	 * bytes or not at all.
	 * @param value the integer, if it has not more digits than a long holds
	 */
	private static JsonNode largeInteger(byte[] text, int from, int to, long value) {
		if (to - from <= LONG_DIGITS && Math.abs(value) <= CanonicalNumbers.MAX_SAFE_INTEGER) {
			return (value == (int) value) ? NODES.numberNode((int) value) : NODES.numberNode(value);
		}
		String digits = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
		BigInteger exact = new BigInteger(digits);
		double nearest = exact.doubleValue();
		if (Math.abs(nearest) <= SAFE) {
			return NODES.numberNode(exact.longValue());
		}
		if (!Double.isFinite(nearest)) {
			throw beyondDouble();
		}
		if (CanonicalNumbers.text(nearest).equals(digits)) {
			return NODES.numberNode(nearest);
		}
		return (exact.bitLength() < Long.SIZE) ? NODES.numberNode(exact.longValue()) : NODES.numberNode(exact);
	}

	/**
	 * Reads the fraction and the exponent, one of which is next.
	 * @param from where the number begins
	 * @param integerEnd offset behind its integer part
	 * @param integer that part without sign, if it has not more digits than a long holds
	 */
	private static double decimal(JsonInput input, int from, int integerEnd, long integer) {
		byte[] text = input.text();
		boolean negative = text[from] == '-';
		int digits = negative ? integerEnd - from - 1 : integerEnd - from;
		long value = integer;
		int at = integerEnd;
		int fraction = 0;
		if (text[at] == '.') {
			int start = ++at;
			for (; at < text.length && isDigit(text[at]); at++) {
				value = value * 10 + (text[at] - '0');
			}
			fraction = requireDigits(input, start, at);
		}
		int exponentFrom = at;
		int exponent = 0;
		if (at < text.length && isExponent(text[at])) {
			at++;
			at += (at < text.length && (text[at] == '+' || text[at] == '-')) ? 1 : 0;
			int start = at;
			for (; at < text.length && isDigit(text[at]); at++) {
				exponent = Math.min(LARGEST_EXPONENT, exponent * 10 + (text[at] - '0'));
			}
			requireLength(input, digits + fraction + requireDigits(input, start, at));
			exponent = (text[exponentFrom + 1] == '-') ? -exponent : exponent;
		}
		requireLength(input, digits + fraction);
		input.moveTo(at);
		int scale = exponent - fraction;
		if (digits + fraction <= LONG_DIGITS && value <= CanonicalNumbers.MAX_SAFE_INTEGER
				&& Math.abs(scale) < POWERS.length) {
			// Both are doubles, so that the result is rounded once only.
			double magnitude = (scale < 0) ? value / POWERS[-scale] : value * POWERS[scale];
			return negative ? -magnitude : magnitude;
		}
		return nearest(new String(text, from, at - from, StandardCharsets.ISO_8859_1));
	}

	private static double nearest(String text) {
		double value = NumberInput.parseDouble(text, true);
		if (!Double.isFinite(value)) {
			throw beyondDouble();
		}
		return value;
	}

	private static int requireDigits(JsonInput input, int from, int to) {
		if (from == to) {
			input.moveTo(to);
			throw input.notJson();
		}
		return to - from;
	}

	private static void requireLength(JsonInput input, int digits) {
		if (digits > input.limits().maxNumberLength()) {
			throw new MalformedJsonException("a number longer than the limit",
					input.limits().maxNumberLength() + " digits at most");
		}
	}

	private static MalformedJsonException beyondDouble() {
		return new MalformedJsonException("a number beyond the range of a double", "a number within it (RFC 7493)");
	}

	private static boolean isDigit(byte symbol) {
		return symbol >= '0' && symbol <= '9';
	}

	private static boolean isExponent(byte symbol) {
		return symbol == 'e' || symbol == 'E';
	}

}
