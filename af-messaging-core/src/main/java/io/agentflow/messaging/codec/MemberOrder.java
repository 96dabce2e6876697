package io.agentflow.messaging.codec;

import java.util.Comparator;
import java.util.Map;

/**
 * The two orders of member names. Both go by code, not by locale, and differ only where a
 * surrogate pair meets a character from U+E000 on.
 */
final class MemberOrder {

	/** By UTF-16 code units (RFC 8785, section 3.2.3). */
	static final Comparator<Map.Entry<String, ?>> UTF_16 = (left, right) -> left.getKey().compareTo(right.getKey());

	/** By UTF-8 bytes, which is the order of code points. */
	static final Comparator<Map.Entry<String, ?>> UTF_8 = (left, right) -> compareCodePoints(left.getKey(),
			right.getKey());

	private MemberOrder() {
	}

	private static int compareCodePoints(String left, String right) {
		int shared = Math.min(left.length(), right.length());
		for (int i = 0; i < shared; i++) {
			char a = left.charAt(i);
			char b = right.charAt(i);
			if (a != b) {
				return rank(a) - rank(b);
			}
		}
		return left.length() - right.length();
	}

	/**
	 * Moves surrogates, which stand for code points from U+10000 on, behind U+FFFF.
	 */
	private static int rank(char unit) {
		return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
	}

}
