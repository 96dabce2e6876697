package io.agentflow.messaging.codec;

/**
 * What stands behind a backslash in a received text (RFC 8259, section 7). A surrogate
 * needs its other half.
 */
final class JsonEscapes {

	private static final int HEX_DIGITS = 4;

	/** Bytes from the backslash on of one character by its code. */
	private static final int CODE_LENGTH = 6;

	private JsonEscapes() {
	}

	/**
	 * Reads an escape, which must be next.
	 * @param input moved behind the escape
	 * @return the code point, no surrogate
	 */
	static int read(JsonInput input) {
		byte[] text = input.text();
		int backslash = input.position();
		byte symbol = (text[backslash] == '\\' && backslash + 1 < text.length) ? plain(text[backslash + 1]) : 0;
		if (symbol != 0) {
			input.moveTo(backslash + 2);
			return symbol;
		}
		int code = code(text, backslash);
		if (code < 0) {
			throw input.notJson();
		}
		input.moveTo(backslash + CODE_LENGTH);
		if (!Character.isSurrogate((char) code)) {
			return code;
		}
		int low = code(text, backslash + CODE_LENGTH);
		if (code >= Character.MIN_LOW_SURROGATE || low < Character.MIN_LOW_SURROGATE
				|| low > Character.MAX_LOW_SURROGATE) {
			throw new MalformedJsonException("an escape of a surrogate that lacks its other half",
					"well-formed Unicode");
		}
		input.moveTo(backslash + 2 * CODE_LENGTH);
		return Character.toCodePoint((char) code, (char) low);
	}

	/**
	 * Returns what a letter behind a backslash stands for; 0 if it has no such meaning.
	 */
	private static byte plain(byte letter) {
		return switch (letter) {
			case '"', '\\', '/' -> letter;
			case 'b' -> '\b';
			case 't' -> '\t';
			case 'n' -> '\n';
			case 'f' -> '\f';
			case 'r' -> '\r';
			default -> 0;
		};
	}

	/**
	 * Reads an escape by its code.
	 * @return the UTF-16 code unit, or a negative number if it is no such escape
	 */
	private static int code(byte[] text, int backslash) {
		if (backslash + CODE_LENGTH > text.length || text[backslash] != '\\' || text[backslash + 1] != 'u') {
			return -1;
		}
		int code = 0;
		for (int i = backslash + 2; i < backslash + 2 + HEX_DIGITS; i++) {
			int digit = (text[i] >= 0) ? Character.digit(text[i], 16) : -1;
			if (digit < 0) {
				return -1;
			}
			code = code << 4 | digit;
		}
		return code;
	}

}
