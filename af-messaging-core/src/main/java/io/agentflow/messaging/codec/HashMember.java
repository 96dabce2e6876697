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
	 * @param from offset of the quote that opens the member's name
	 * @param to offset behind the member's value
	 * @return the bytes to leave out
	 */
	static HashMember of(byte[] text, int from, int to) {
		int before = from - 1;
		while (isSpace(text[before])) {
			before--;
		}
		if (text[before] == ',') {
			return new HashMember(before, to);
		}
		int behind = skipSpace(text, to);
		return new HashMember(from, (text[behind] == ',') ? skipSpace(text, behind + 1) : to);
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
