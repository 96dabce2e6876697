package io.agentflow.messaging.codec;

import java.util.Arrays;

/**
 * A growing buffer that knows how to write JSON tokens as UTF-8. Not thread-safe.
 */
class JsonBytes {

	private static final int CHUNK = 512;

	private static final int LONGEST_ESCAPE = 6;

	private static final byte[] HEX = { '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e',
			'f' };

	private static final byte[] MINIMAL_ESCAPES = escapes("");

	private static final byte[] HTML_ESCAPES = escapes("<>&");

	private static final char LINE_SEPARATOR = '\u2028';

	private static final char PARAGRAPH_SEPARATOR = '\u2029';

	private final byte[] escapes;

	private byte[] buffer;

	private int position;

	/**
	 * Creates an empty buffer.
	 * @param htmlSafe whether to escape what Go's encoder escapes for the sake of HTML
	 * and JavaScript, beyond what JSON asks for
	 * @param initialCapacity bytes to start with
	 */
	JsonBytes(boolean htmlSafe, int initialCapacity) {
		this.escapes = htmlSafe ? HTML_ESCAPES : MINIMAL_ESCAPES;
		this.buffer = new byte[initialCapacity];
	}

	/**
	 * One entry for each ASCII character: 0 if it stands for itself, {@code u} if it
	 * needs its code, else the letter behind the backslash.
	 */
	private static byte[] escapes(String more) {
		byte[] table = new byte[128];
		Arrays.fill(table, 0, 0x20, (byte) 'u');
		table['\b'] = 'b';
		table['\t'] = 't';
		table['\n'] = 'n';
		table['\f'] = 'f';
		table['\r'] = 'r';
		table['"'] = '"';
		table['\\'] = '\\';
		more.chars().forEach((c) -> table[c] = 'u');
		return table;
	}

	final int position() {
		return this.position;
	}

	/**
	 * Returns the buffer itself, valid up to {@link #position()} and until more is
	 * written.
	 */
	final byte[] buffer() {
		return this.buffer;
	}

	final byte[] toByteArray() {
		return Arrays.copyOf(this.buffer, this.position);
	}

	final void ascii(byte symbol) {
		ensure(1);
		this.buffer[this.position++] = symbol;
	}

	final void ascii(byte[] text) {
		ensure(text.length);
		System.arraycopy(text, 0, this.buffer, this.position, text.length);
		this.position += text.length;
	}

	@SuppressWarnings("deprecation") // drops the high bytes, of which ASCII has none
	final void ascii(String text) {
		int length = text.length();
		ensure(length);
		text.getBytes(0, length, this.buffer, this.position);
		this.position += length;
	}

	/**
	 * Leaves room to be filled in later.
	 */
	final void skip(int bytes) {
		ensure(bytes);
		this.position += bytes;
	}

	/**
	 * Writes a string token.
	 * @throws UnwritableException for a surrogate without its other half
	 */
	final void string(String text) {
		ascii((byte) '"');
		int length = text.length();
		int from = 0;
		while (from < length) {
			int to = Math.min(length, from + CHUNK);
			ensure(LONGEST_ESCAPE * (to - from) + 1);
			from = chunk(text, from, to);
		}
		ascii((byte) '"');
	}

	/**
	 * Writes characters up to {@code to}, or one further where a surrogate pair lies
	 * across the end. The caller has made room for the longest form of each.
	 */
	private int chunk(String text, int from, int to) {
		byte[] target = this.buffer;
		byte[] table = this.escapes;
		int at = this.position;
		int i = from;
		while (i < to) {
			char c = text.charAt(i++);
			if (c < 128) {
				byte escape = table[c];
				if (escape == 0) {
					target[at++] = (byte) c;
				}
				else {
					at = escape(target, at, c, escape);
				}
			}
			else if (c < 0x800) {
				target[at++] = (byte) (0xC0 | c >> 6);
				target[at++] = (byte) (0x80 | c & 0x3F);
			}
			else if (!Character.isSurrogate(c)) {
				at = threeBytes(target, at, c);
			}
			else {
				at = fourBytes(target, at, pair(c, text, i++));
			}
		}
		this.position = at;
		return i;
	}

	private static int escape(byte[] target, int at, char c, byte escape) {
		target[at++] = '\\';
		target[at++] = escape;
		if (escape == 'u') {
			target[at++] = HEX[c >> 12];
			target[at++] = HEX[c >> 8 & 0xF];
			target[at++] = HEX[c >> 4 & 0xF];
			target[at++] = HEX[c & 0xF];
		}
		return at;
	}

	private int threeBytes(byte[] target, int at, char c) {
		if ((c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR) && this.escapes == HTML_ESCAPES) {
			return escape(target, at, c, (byte) 'u');
		}
		target[at++] = (byte) (0xE0 | c >> 12);
		target[at++] = (byte) (0x80 | c >> 6 & 0x3F);
		target[at++] = (byte) (0x80 | c & 0x3F);
		return at;
	}

	private static int pair(char high, String text, int lowAt) {
		if (Character.isHighSurrogate(high) && lowAt < text.length() && Character.isLowSurrogate(text.charAt(lowAt))) {
			return Character.toCodePoint(high, text.charAt(lowAt));
		}
		throw new UnwritableException();
	}

	private static int fourBytes(byte[] target, int at, int codePoint) {
		target[at++] = (byte) (0xF0 | codePoint >> 18);
		target[at++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
		target[at++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
		target[at++] = (byte) (0x80 | codePoint & 0x3F);
		return at;
	}

	private void ensure(int more) {
		if (this.buffer.length - this.position < more) {
			this.buffer = Arrays.copyOf(this.buffer, Math.max(this.buffer.length * 2, this.position + more));
		}
	}

}
