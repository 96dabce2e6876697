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
	 * Decodes a character of two bytes or more.
	 * @param length what {@link #sequence} said
	 */
	static int codePoint(byte[] bytes, int at, int length) {
		int lead = bytes[at] & 0x7F >> length;
		int code = lead << 6 | bytes[at + 1] & 0x3F;
		for (int i = 2; i < length; i++) {
			code = code << 6 | bytes[at + i] & 0x3F;
		}
		return code;
	}

}
