package io.agentflow.messaging.codec;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A received text, token by token: brackets, member names and texts, all of them strict
 * (RFC 8259, RFC 3629), the text never changed. Not thread-safe, used for one text.
 */
class JsonInput {

	/** What {@link #peek} returns behind the last byte. */
	static final int END = -1;

	private final CodecLimits limits;

	private final byte[] text;

	private int at;

	private int depth;

	private int nameAt;

	JsonInput(byte[] text, CodecLimits limits) {
		this.text = text;
		this.limits = limits;
		if (text.length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF) {
			throw new MalformedJsonException("a byte order mark", "UTF-8 without one (RFC 8259, section 8.1)");
		}
	}

	final CodecLimits limits() {
		return this.limits;
	}

	final byte[] text() {
		return this.text;
	}

	final int position() {
		return this.at;
	}

	final void moveTo(int offset) {
		this.at = offset;
	}

	/**
	 * Returns the offset of the quote that opens the member name read last.
	 */
	final int nameOffset() {
		return this.nameAt;
	}

	/**
	 * Steps over white space.
	 * @return the byte there, from 0 to 255, or {@link #END}
	 */
	final int peek() {
		byte[] source = this.text;
		int next = this.at;
		while (next < source.length) {
			int symbol = source[next] & 0xFF;
			if (symbol > ' ' || (symbol != ' ' && symbol != '\n' && symbol != '\r' && symbol != '\t')) {
				this.at = next;
				return symbol;
			}
			next++;
		}
		this.at = next;
		return END;
	}

	/**
	 * Steps over an opening bracket, which is next.
	 */
	final void enter() {
		this.at++;
		if (++this.depth > this.limits.maxDepth()) {
			throw new MalformedJsonException("objects and arrays nested deeper than the limit",
					"depth " + this.limits.maxDepth() + " at most");
		}
	}

	/**
	 * Steps over a closing bracket, which is next.
	 */
	final void leave() {
		this.at++;
		this.depth--;
	}

	/**
	 * Steps into an object, whose brace is next, and over its first name and colon.
	 * @return the name, or {@code null} if there is none and the object was stepped over
	 */
	final @Nullable String firstName() {
		enter();
		int symbol = peek();
		if (symbol == '"') {
			return name();
		}
		if (symbol != '}') {
			throw notJson();
		}
		leave();
		return null;
	}

	/**
	 * Steps behind a member's value to the next member.
	 * @return its name, or {@code null} if there is none and the object was left
	 */
	final @Nullable String nextName() {
		int symbol = peek();
		if (symbol == ',') {
			this.at++;
			if (peek() != '"') {
				throw notJson();
			}
			return name();
		}
		if (symbol != '}') {
			throw notJson();
		}
		leave();
		return null;
	}

	private String name() {
		this.nameAt = this.at;
		int from = this.at + 1;
		int end = JsonText.endOfPlain(this.text, from);
		String name;
		if (end < this.text.length && this.text[end] == '"') {
			this.at = end + 1;
			name = withinLimit(MemberNames.ascii(this.text, from, end));
		}
		else {
			name = withinLimit(JsonTexts.read(this, from, end));
		}
		if (peek() != ':') {
			throw notJson();
		}
		this.at++;
		return name;
	}

	/**
	 * Reads a text, whose opening quote is next.
	 */
	final String string() {
		int from = this.at + 1;
		int end = JsonText.endOfPlain(this.text, from);
		if (end < this.text.length && this.text[end] == '"') {
			this.at = end + 1;
			return withinLimit(new String(this.text, from, end - from, StandardCharsets.ISO_8859_1));
		}
		return withinLimit(JsonTexts.read(this, from, end));
	}

	private String withinLimit(String value) {
		if (value.length() > this.limits.maxStringLength()) {
			throw new MalformedJsonException("a text or name longer than the limit",
					this.limits.maxStringLength() + " characters at most");
		}
		return value;
	}

	/**
	 * Complains about the next byte.
	 */
	final MalformedJsonException notJson() {
		if (this.at >= this.text.length) {
			return new MalformedJsonException("no JSON text, or one that ends early", "one JSON object");
		}
		return new MalformedJsonException("what is not JSON at offset " + this.at, "one JSON object (RFC 8259)");
	}

}
