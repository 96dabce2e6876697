package io.agentflow.messaging.codec;

/**
 * Characters as UTF-8 (Unicode, table 3-7).
 */
final class Utf8 {

	private Utf8() {
	}

	/**
	 * Measures the character that starts at an offset.
	 * @return its bytes, 0 if it is not well-formed
	 */
	static int sequence(byte[] bytes, int at) {
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

	/**
	 * Writes a character.
	 * @param codePoint no surrogate
	 * @param target where to
	 * @param from offset there
	 * @return the offset behind it
	 */
	static int write(int codePoint, byte[] target, int from) {
		int at = from;
		if (codePoint < 0x80) {
			target[at++] = (byte) codePoint;
			return at;
		}
		if (codePoint < 0x800) {
			target[at++] = (byte) (0xC0 | codePoint >> 6);
		}
		else {
			if (codePoint < 0x10000) {
				target[at++] = (byte) (0xE0 | codePoint >> 12);
			}
			else {
				target[at++] = (byte) (0xF0 | codePoint >> 18);
				target[at++] = trail(codePoint >> 12);
			}
			target[at++] = trail(codePoint >> 6);
		}
		target[at++] = trail(codePoint);
		return at;
	}

	private static byte trail(int bits) {
		return (byte) (0x80 | bits & 0x3F);
	}

}
