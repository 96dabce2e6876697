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
	static byte[] of(byte[] bytes) {
		byte[] digits = new byte[2 * bytes.length];
		write(bytes, digits, 0);
		return digits;
	}

	/**
	 * Writes two digits for each byte into a buffer.
	 */
	static void write(byte[] bytes, byte[] target, int at) {
		for (byte octet : bytes) {
			target[at++] = DIGITS[octet >> 4 & 0xF];
			target[at++] = DIGITS[octet & 0xF];
		}
	}

}
