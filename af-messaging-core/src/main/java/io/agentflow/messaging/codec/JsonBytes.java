package io.agentflow.messaging.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer that knows how to write JSON tokens as UTF-8. Not thread-safe.
 */
class JsonBytes {

	/** Up to here, going by characters is as fast as encoding first. */
	private static final int SHORT = 16;

	private static final int LONGEST_ESCAPE = 6;

	private static final byte[] HEX = { '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e',
			'f' };

	private static final byte[] MINIMAL_ESCAPES = escapes("");

	private static final byte[] HTML_ESCAPES = escapes("<>&");

	private static final char LINE_SEPARATOR = '\u2028';

	private static final char PARAGRAPH_SEPARATOR = '\u2029';

	private static final int FIRST_CAPACITY = 2048;

	private static final int LARGEST_SPARE = 1 << 16;

	/**
	 * A buffer that no writer is using. Clearing a fresh one costs more than writing into
	 * it.
	 */
	private static final ThreadLocal<byte[]> SPARE = new ThreadLocal<>();

	private final boolean htmlSafe;

	private final byte[] escapes;

	private byte[] buffer;

	private int position;

	/**
	 * Creates an empty buffer.
	 * @param htmlSafe whether to escape what Go's encoder escapes for the sake of HTML
	 * and JavaScript, beyond what JSON asks for
	 */
	JsonBytes(boolean htmlSafe) {
		this.htmlSafe = htmlSafe;
		this.escapes = htmlSafe ? HTML_ESCAPES : MINIMAL_ESCAPES;
		this.buffer = spare();
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

	/**
	 * Gives the buffer back for the next use on this thread.
	 */
	final void release() {
		if (this.buffer.length <= LARGEST_SPARE) {
			SPARE.set(this.buffer);
		}
	}

	private static byte[] spare() {
		byte[] spare = SPARE.get();
		if (spare == null) {
			return new byte[FIRST_CAPACITY];
		}
		SPARE.remove();
		return spare;
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
	 * Writes a string token that is known to be ASCII without anything to escape.
	 */
	final void plainString(String text) {
		ascii((byte) '"');
		ascii(text);
		ascii((byte) '"');
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
		int length = text.length();
		if (length > SHORT) {
			longString(text);
			return;
		}
		ensure(LONGEST_ESCAPE * length + 2);
		byte[] target = this.buffer;
		int at = this.position;
		target[at++] = '"';
		for (int i = 0; i < length; i++) {
			char c = text.charAt(i);
			if (c >= 128) {
				longString(text);
				return;
			}
			byte escape = this.escapes[c];
			if (escape == 0) {
				target[at++] = (byte) c;
			}
			else {
				at = escape(target, at, c, escape);
			}
		}
		target[at++] = '"';
		this.position = at;
	}

	/**
	 * Lets the platform encode, which it does many characters at a time, then copies all
	 * between two escapes at once.
	 */
	private void longString(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		ascii((byte) '"');
		int from = 0;
		int at = JsonText.nextSpecial(utf8, 0, this.htmlSafe);
		while (at < utf8.length) {
			copy(utf8, from, at);
			from = special(utf8, at, text);
			at = JsonText.nextSpecial(utf8, from, this.htmlSafe);
		}
		copy(utf8, from, utf8.length);
		ascii((byte) '"');
	}

	/**
	 * Writes a byte that may need an escape.
	 * @return the offset behind it
	 */
	private int special(byte[] utf8, int at, String text) {
		byte symbol = utf8[at];
		if (symbol == JsonText.REPLACEMENT && !ContentRules.isWellFormed(text)) {
			throw new UnwritableException();
		}
		if (symbol < 0) {
			return separator(utf8, at);
		}
		ensure(LONGEST_ESCAPE);
		byte escape = this.escapes[symbol];
		if (escape == 0) {
			this.buffer[this.position++] = symbol;
		}
		else {
			this.position = escape(this.buffer, this.position, (char) symbol, escape);
		}
		return at + 1;
	}

	/**
	 * Writes a character of three bytes that begins with that of the line and paragraph
	 * separators.
	 */
	private int separator(byte[] utf8, int at) {
		ensure(LONGEST_ESCAPE);
		int codePoint = 0x2000 | (utf8[at + 1] & 0x3F) << 6 | utf8[at + 2] & 0x3F;
		if (codePoint == LINE_SEPARATOR || codePoint == PARAGRAPH_SEPARATOR) {
			this.position = escape(this.buffer, this.position, (char) codePoint, (byte) 'u');
		}
		else {
			copy(utf8, at, at + 3);
		}
		return at + 3;
	}

	private void copy(byte[] source, int from, int to) {
		ensure(to - from);
		System.arraycopy(source, from, this.buffer, this.position, to - from);
		this.position += to - from;
	}

	private static int escape(byte[] target, int from, char c, byte escape) {
		int at = from;
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

	private void ensure(int more) {
		if (this.buffer.length - this.position < more) {
			this.buffer = Arrays.copyOf(this.buffer, Math.max(this.buffer.length * 2, this.position + more));
		}
	}

}
