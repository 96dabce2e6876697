package io.agentflow.messaging.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds what a JSON string must escape, or may not hold as it is, eight bytes at a time.
 */
final class JsonText {

	/**
	 * What the platform's encoder writes in place of a lone surrogate: where it turns up,
	 * the text must be looked at.
	 */
	static final byte REPLACEMENT = '?';

	/** First byte of U+2028 and U+2029, and of all from U+2000 to U+2FFF. */
	private static final byte SEPARATOR_LEAD = (byte) 0xE2;

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long ONES = 0x0101010101010101L;

	private static final long HIGH_BITS = 0x8080808080808080L;

	private JsonText() {
	}

	/**
	 * Finds the next byte that may not be copied as it is.
	 * @param utf8 a text
	 * @param from where to begin
	 * @param htmlSafe whether the characters that mean something in HTML or end a line in
	 * JavaScript count
	 * @return its offset, or the text's length
	 */
	static int nextSpecial(byte[] utf8, int from, boolean htmlSafe) {
		int at = from;
		for (; at + Long.BYTES <= utf8.length; at += Long.BYTES) {
			long eight = (long) LONGS.get(utf8, at);
			long special = below(eight) | equal(eight, '"') | equal(eight, '\\') | equal(eight, REPLACEMENT);
			if (htmlSafe) {
				special |= equal(eight, '<') | equal(eight, '>') | equal(eight, '&') | equal(eight, SEPARATOR_LEAD);
			}
			if ((special & HIGH_BITS) != 0) {
				return at + Long.numberOfTrailingZeros(special & HIGH_BITS) / Byte.SIZE;
			}
		}
		while (at < utf8.length && !isSpecial(utf8[at], htmlSafe)) {
			at++;
		}
		return at;
	}

	/**
	 * Finds the end of what stands for itself in a received text: the next quote,
	 * backslash, control character or byte outside ASCII.
	 * @param text a text
	 * @param from where to begin
	 * @return its offset, or the text's length
	 */
	static int endOfPlain(byte[] text, int from) {
		int at = from;
		for (; at + Long.BYTES <= text.length; at += Long.BYTES) {
			long eight = (long) LONGS.get(text, at);
			long special = (eight | eight - ONES * 0x20 | (eight ^ ONES * '"') - ONES | (eight ^ ONES * '\\') - ONES)
					& HIGH_BITS;
			if (special != 0) {
				return at + Long.numberOfTrailingZeros(special) / Byte.SIZE;
			}
		}
		while (at < text.length && text[at] >= 0x20 && text[at] != '"' && text[at] != '\\') {
			at++;
		}
		return at;
	}

	/**
	 * Marks the high bit of each byte below 0x20. May mark a byte above a marked one, but
	 * never one below the lowest that is meant.
	 */
	private static long below(long eight) {
		return (eight - ONES * 0x20) & ~eight;
	}

	private static long equal(long eight, int symbol) {
		long difference = eight ^ ONES * (symbol & 0xFF);
		return (difference - ONES) & ~difference;
	}

	private static boolean isSpecial(byte symbol, boolean htmlSafe) {
		return switch (symbol) {
			case '"', '\\', REPLACEMENT -> true;
			case '<', '>', '&', SEPARATOR_LEAD -> htmlSafe;
			default -> symbol >= 0 && symbol < 0x20;
		};
	}

}
