package io.agentflow.messaging.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Member names met before, so that the same few names that all messages have are neither
 * decoded nor hashed each time. Bounded: a name has one place, and what comes later takes
 * it over. Threads share it without locks; the worst that a race does is to forget a
 * name.
 */
final class MemberNames {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final int PLACES = 1024;

	private static final int LONGEST = 48;

	/** An odd number with bits all over (2<sup>64</sup> by the golden ratio). */
	private static final long SPREAD = 0x9E3779B97F4A7C15L;

	private static final int INDEX_SHIFT = Long.numberOfLeadingZeros(PLACES) + 1;

	private static final @Nullable Known[] KNOWN = new Known[PLACES];

	private MemberNames() {
	}

	/**
	 * Decodes a name.
	 * @param text holds it
	 * @param from offset of its first byte
	 * @param to offset behind its last byte
	 * @return the name, which must be ASCII
	 */
	static String ascii(byte[] text, int from, int to) {
		if (to - from > LONGEST || to < Long.BYTES) {
			return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
		}
		int index = index(text, from, to);
		Known known = KNOWN[index];
		if (known != null && Arrays.equals(known.ascii, 0, known.ascii.length, text, from, to)) {
			return known.name;
		}
		String name = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
		KNOWN[index] = new Known(name, Arrays.copyOfRange(text, from, to));
		return name;
	}

	private static int index(byte[] text, int from, int to) {
		long hash = 0;
		int at = from;
		for (; at + Long.BYTES < to; at += Long.BYTES) {
			hash = (hash ^ (long) LONGS.get(text, at)) * SPREAD;
		}
		// The last one to eight bytes, pushed up so that what is before them drops out.
		long last = (to > at) ? (long) LONGS.get(text, to - Long.BYTES) >>> (Long.SIZE - Byte.SIZE * (to - at)) : 0;
		return (int) (((hash ^ last) + (to - from)) * SPREAD >>> INDEX_SHIFT);
	}

	/**
	 * A name and its bytes.
	 */
	private record Known(String name, byte[] ascii) {
	}

}
