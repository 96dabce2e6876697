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
	 * Compares bytes with digits, in a time that does not depend on where they differ.
	 * @param bytes the bytes
	 * @param digits two digits for each
	 */
	static boolean isOf(byte[] bytes, String digits) {
		if (digits.length() != 2 * bytes.length) {
			return false;
		}
		int difference = 0;
		for (int i = 0; i < bytes.length; i++) {
			difference |= DIGITS[bytes[i] >> 4 & 0xF] ^ digits.charAt(2 * i);
			difference |= DIGITS[bytes[i] & 0xF] ^ digits.charAt(2 * i + 1);
		}
		return difference == 0;
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
