package io.agentflow.messaging.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at received bytes before the parser does, for what the parser lets through:
 * overlong forms and surrogates in UTF-8, and the zero bytes by which it would take the
 * text for UTF-16 or UTF-32.
 */
final class Utf8 {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long HIGH_BITS = 0x8080808080808080L;

	private static final long LOW_BITS = 0x0101010101010101L;

	private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;

	/** Well-formed, and no surrogate is escaped. */
	static final int PLAIN = -1;

	/** Well-formed; some escapes may be of surrogates. */
	static final int ESCAPED_SURROGATES = -2;

	private Utf8() {
	}

	/**
	 * Looks for bytes that are not UTF-8 (Unicode, table 3-7) and for escapes of
	 * surrogates, without which well-formed UTF-8 has no lone surrogates.
	 * @param bytes the text
	 * @return {@link #PLAIN}, {@link #ESCAPED_SURROGATES}, or the offset of the first
	 * byte that is not UTF-8
	 */
	static int scan(byte[] bytes) {
		int result = PLAIN;
		int at = 0;
		while (at < bytes.length) {
			if (at + Long.BYTES <= bytes.length) {
				long eight = (long) LONGS.get(bytes, at);
				long difference = eight ^ BACKSLASHES;
				long found = (eight | (difference - LOW_BITS) & ~difference) & HIGH_BITS;
				if (found == 0) {
					at += Long.BYTES;
					continue;
				}
				at += Long.numberOfTrailingZeros(found) / Byte.SIZE;
			}
			int length = sequence(bytes, at);
			if (length == 0) {
				return at;
			}
			if (isSurrogateEscape(bytes, at)) {
				result = ESCAPED_SURROGATES;
			}
			at += length;
		}
		return result;
	}

	/**
	 * Tells whether one of the first four bytes is zero, by which a parser would take the
	 * text for UTF-16 or UTF-32.
	 */
	static boolean startsWithZeros(byte[] bytes) {
		for (int i = 0; i < Math.min(bytes.length, Integer.BYTES); i++) {
			if (bytes[i] == 0) {
				return true;
			}
		}
		return false;
	}

	private static boolean isSurrogateEscape(byte[] bytes, int at) {
		return at + 2 < bytes.length && bytes[at] == '\\' && bytes[at + 1] == 'u' && (bytes[at + 2] | 0x20) == 'd';
	}

	/**
	 * Measures the character that starts at an offset.
	 * @return its bytes, 0 if it is not well-formed
	 */
	private static int sequence(byte[] bytes, int at) {
		int lead = bytes[at] & 0xFF;
		if (lead < 0x80) {
			return 1;
		}
		if (lead >= 0xC2 && lead <= 0xDF) {
			return isTrail(bytes, at + 1, 0x80, 0xBF) ? 2 : 0;
		}
		if (lead >= 0xE0 && lead <= 0xEF) {
			int from = (lead == 0xE0) ? 0xA0 : 0x80;
			int to = (lead == 0xED) ? 0x9F : 0xBF;
			return (isTrail(bytes, at + 1, from, to) && isTrail(bytes, at + 2, 0x80, 0xBF)) ? 3 : 0;
		}
		if (lead >= 0xF0 && lead <= 0xF4) {
			int from = (lead == 0xF0) ? 0x90 : 0x80;
			int to = (lead == 0xF4) ? 0x8F : 0xBF;
			return (isTrail(bytes, at + 1, from, to) && isTrail(bytes, at + 2, 0x80, 0xBF)
					&& isTrail(bytes, at + 3, 0x80, 0xBF)) ? 4 : 0;
		}
		return 0;
	}

	private static boolean isTrail(byte[] bytes, int at, int from, int to) {
		if (at >= bytes.length) {
			return false;
		}
		int trail = bytes[at] & 0xFF;
		return trail >= from && trail <= to;
	}

}
