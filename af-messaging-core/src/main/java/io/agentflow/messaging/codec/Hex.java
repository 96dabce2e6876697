package io.agentflow.messaging.codec;

/**
 * Lower-case hexadecimal digits.
 */
final class Hex {

	private static final byte[] DIGITS = { '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e',
			'f' };

	private Hex() {
	}

	/**
	 * Tells whether a text is so many lower-case hexadecimal digits.
	 */
	static boolean is(String text, int length) {
		if (text.length() != length) {
			return false;
		}
		for (int i = 0; i < length; i++) {
			char c = text.charAt(i);
			if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Writes two digits for each byte.
	 */
	static void write(byte[] bytes, byte[] target, int at) {
		for (byte octet : bytes) {
			target[at++] = DIGITS[octet >> 4 & 0xF];
			target[at++] = DIGITS[octet & 0xF];
		}
	}

	/**
	 * Reads digits that {@link #is} has found to be such.
	 */
	static byte[] read(String digits) {
		byte[] bytes = new byte[digits.length() / 2];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) (Character.digit(digits.charAt(2 * i), 16) << 4
					| Character.digit(digits.charAt(2 * i + 1), 16));
		}
		return bytes;
	}

}
