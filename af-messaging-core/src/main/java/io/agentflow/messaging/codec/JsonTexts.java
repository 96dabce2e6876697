package io.agentflow.messaging.codec;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Decodes a received text that is more than plain ASCII: UTF-8 (Unicode, table 3-7) and
 * escapes (RFC 8259, section 7), each checked.
 */
final class JsonTexts {

	private static final int FIRST_CAPACITY = 512;

	private static final int LARGEST_SPARE = 1 << 15;

	/** Characters that were used before on this thread and will be again. */
	private static final ThreadLocal<char @Nullable []> SPARE = new ThreadLocal<>();

	private JsonTexts() {
	}

	/**
	 * Decodes a text.
	 * @param input moved behind the closing quote
	 * @param from offset behind the opening quote
	 * @param plainEnd offset up to which the text stands for itself
	 * @return the text, which has no lone surrogates
	 */
	static String read(JsonInput input, int from, int plainEnd) {
		byte[] text = input.text();
		char[] chars = spare(2 * (plainEnd - from));
		int count = inflate(text, from, plainEnd, chars, 0);
		int at = plainEnd;
		while (at < text.length && text[at] != '"') {
			if (chars.length < count + 2) {
				chars = Arrays.copyOf(chars, 2 * chars.length);
			}
			input.moveTo(at);
			int code = (text[at] < 0) ? beyondAscii(input) : JsonEscapes.read(input);
			if (code < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
				chars[count++] = (char) code;
			}
			else {
				count += Character.toChars(code, chars, count);
			}
			int next = input.position();
			at = next;
			if (at < text.length && text[at] >= ' ') {
				at = JsonText.endOfPlain(text, next);
				if (chars.length < count + at - next) {
					chars = Arrays.copyOf(chars, 2 * (count + at - next));
				}
				count = inflate(text, next, at, chars, count);
			}
		}
		if (at == text.length) {
			input.moveTo(at);
			throw input.notJson();
		}
		input.moveTo(at + 1);
		if (chars.length <= LARGEST_SPARE) {
			SPARE.set(chars);
		}
		return new String(chars, 0, count);
	}

	private static int inflate(byte[] text, int from, int to, char[] chars, int at) {
		int target = at;
		for (int i = from; i < to; i++) {
			chars[target++] = (char) text[i];
		}
		return target;
	}

	private static char[] spare(int length) {
		char[] spare = SPARE.get();
		return (spare != null && spare.length >= length) ? spare : new char[Math.max(FIRST_CAPACITY, length)];
	}

	private static int beyondAscii(JsonInput input) {
		int at = input.position();
		int length = Utf8.sequence(input.text(), at);
		if (length == 0) {
			throw new MalformedJsonException("a byte that is not UTF-8 text, at offset " + at, "well-formed UTF-8");
		}
		input.moveTo(at + length);
		return Utf8.codePoint(input.text(), at, length);
	}

}
