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

	private Utf8() {
	}

	/**
	 * Finds the first byte that is not UTF-8 (Unicode, table 3-7), or is zero.
	 * @param bytes the text
	 * @return its offset, or -1 if all is well
	 */
	static int firstInvalid(byte[] bytes) {
		int at = 0;
		while (at < bytes.length) {
			if (at + Long.BYTES <= bytes.length) {
				long eight = (long) LONGS.get(bytes, at);
				if (((eight | (eight - LOW_BITS)) & HIGH_BITS) == 0) {
					at += Long.BYTES;
					continue;
				}
			}
			int length = sequence(bytes, at);
			if (length == 0) {
				return at;
			}
			at += length;
		}
		return -1;
	}

	/**
	 * Tells whether there is a backslash, without which no string holds an escape.
	 */
	static boolean hasBackslash(byte[] bytes) {
		int at = 0;
		for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
			long difference = (long) LONGS.get(bytes, at) ^ BACKSLASHES;
			if (((difference - LOW_BITS) & ~difference & HIGH_BITS) != 0) {
				return true;
			}
		}
		for (; at < bytes.length; at++) {
			if (bytes[at] == '\\') {
				return true;
			}
		}
		return false;
	}

	/**
	 * Measures the character that starts at an offset.
	 * @return its bytes, 0 if it is not well-formed
	 */
	private static int sequence(byte[] bytes, int at) {
		int lead = bytes[at];
		if (lead > 0) {
			return 1;
		}
		lead &= 0xFF;
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
