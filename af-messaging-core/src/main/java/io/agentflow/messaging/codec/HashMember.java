package io.agentflow.messaging.codec;

/**
 * Where the top-level member {@code envelope_hash} lies in a received text: what to leave
 * out so that the rest is the text without it. That is the member and the comma before
 * it, or the comma behind it if it comes first, with the white space on the way.
 *
 * @param from offset of the first byte to leave out
 * @param to offset behind the last byte to leave out
 */
record HashMember(int from, int to) {

	/**
	 * Measures the member.
	 * @param text well-formed JSON
	 * @param nameAt offset of the quote that opens the member's name; its value is a
	 * string
	 * @return the bytes to leave out
	 */
	static HashMember at(byte[] text, int nameAt) {
		int colon = skipSpace(text, skipString(text, nameAt));
		int end = skipString(text, skipSpace(text, colon + 1));
		int before = nameAt - 1;
		while (isSpace(text[before])) {
			before--;
		}
		if (text[before] == ',') {
			return new HashMember(before, end);
		}
		int behind = skipSpace(text, end);
		return new HashMember(nameAt, (text[behind] == ',') ? skipSpace(text, behind + 1) : end);
	}

	private static int skipString(byte[] text, int quote) {
		int at = quote + 1;
		while (text[at] != '"') {
			at += (text[at] == '\\') ? 2 : 1;
		}
		return at + 1;
	}

	private static int skipSpace(byte[] text, int at) {
		int next = at;
		while (isSpace(text[next])) {
			next++;
		}
		return next;
	}

	private static boolean isSpace(byte symbol) {
		return symbol == ' ' || symbol == '\n' || symbol == '\r' || symbol == '\t';
	}

}
