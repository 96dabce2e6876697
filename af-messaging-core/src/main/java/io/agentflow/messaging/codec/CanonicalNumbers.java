package io.agentflow.messaging.codec;

import tools.jackson.core.io.NumberOutput;

/**
 * Number text as ECMAScript writes it (ECMA-262, Number::toString with radix 10), which
 * is what RFC 8785, section 3.2.2.3 asks for: the fewest digits that still read back as
 * the same double, without exponent from 1e-6 to below 1e21.
 */
final class CanonicalNumbers {

	/** Largest integer n for which both n and n+1 are exact doubles. */
	static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

	private static final int PLAIN_LIMIT = 21;

	private static final int FRACTION_LIMIT = -6;

	private CanonicalNumbers() {
	}

	/**
	 * Writes a finite double; negative zero is the caller's concern and comes out as
	 * {@code 0}.
	 * @param value a finite number
	 * @return its text, ASCII
	 */
	static String text(double value) {
		if (value == Math.rint(value) && Math.abs(value) <= MAX_SAFE_INTEGER) {
			return Long.toString((long) value);
		}
		// Jackson's writer is Raffaello Giulietti's Schubfach, right on every JDK;
		// Double.toString is so from JDK 19 on only.
		String java = NumberOutput.toString(value, true);
		int exponentAt = java.indexOf('E');
		if (exponentAt < 0 && !java.endsWith(".0")) {
			return java;
		}
		return fromJava(value, java, (exponentAt < 0) ? java.length() : exponentAt);
	}

	private static String fromJava(double value, String java, int mantissaEnd) {
		boolean negative = java.charAt(0) == '-';
		int start = negative ? 1 : 0;
		int point = java.indexOf('.');
		int exponent = (mantissaEnd < java.length()) ? Integer.parseInt(java, mantissaEnd + 1, java.length(), 10) : 0;
		// value = 0.digits * 10^pointAt
		int pointAt = exponent + (point - start);
		String digits = java.substring(start, point) + java.substring(point + 1, mantissaEnd);
		int end = digits.length();
		while (end > 1 && digits.charAt(end - 1) == '0') {
			end--;
		}
		digits = digits.substring(0, end);
		if (digits.length() == 2) {
			String shorter = oneDigit(Math.abs(value), digits, pointAt);
			if (shorter.length() == 2) {
				// 9.9 rounded up to 10
				pointAt++;
				shorter = "1";
			}
			digits = shorter.isEmpty() ? digits : shorter;
		}
		return format(negative, digits, pointAt);
	}

	/**
	 * Java asks for two digits where ECMAScript may do with one. That matters for the
	 * smallest subnormals only: elsewhere the second digit is needed.
	 */
	private static String oneDigit(double value, String digits, int pointAt) {
		int rounded = (Integer.parseInt(digits) + 5) / 10;
		return (Double.parseDouble(rounded + "E" + (pointAt - 1)) == value) ? Integer.toString(rounded) : "";
	}

	private static String format(boolean negative, String digits, int pointAt) {
		StringBuilder text = new StringBuilder(28);
		if (negative) {
			text.append('-');
		}
		int count = digits.length();
		if (pointAt > FRACTION_LIMIT && pointAt <= 0) {
			return text.append("0.").append("0".repeat(-pointAt)).append(digits).toString();
		}
		if (pointAt > 0 && pointAt <= PLAIN_LIMIT) {
			if (count <= pointAt) {
				return text.append(digits).append("0".repeat(pointAt - count)).toString();
			}
			return text.append(digits, 0, pointAt).append('.').append(digits, pointAt, count).toString();
		}
		text.append(digits.charAt(0));
		if (count > 1) {
			text.append('.').append(digits, 1, count);
		}
		int exponent = pointAt - 1;
		return text.append((exponent < 0) ? "e-" : "e+").append(Math.abs(exponent)).toString();
	}

}
