package io.agentflow.messaging.test.log;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Characters that a terminal or a reader of lines may act upon.
 */
final class LineText {

	private static final int EXCERPT = 160;

	private LineText() {
	}

	/**
	 * Finds the first such character.
	 * @param line a line
	 * @return what is wrong, or {@code null} if there is none
	 */
	static @Nullable String unsafeCharacter(String line) {
		for (int i = 0; i < line.length(); i++) {
			if (isUnsafe(line.charAt(i))) {
				return String.format(Locale.ROOT, "has U+%04X as it is at column %d, which must be escaped",
						(int) line.charAt(i), i + 1);
			}
		}
		return null;
	}

	/**
	 * Makes a text fit for a terminal.
	 * @param text any text
	 * @return the text with such characters escaped
	 */
	static String printable(String text) {
		StringBuilder printable = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			printable.append(isUnsafe(c) ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
		}
		return printable.toString();
	}

	static String excerpt(byte[] line) {
		String text = new String(line, 0, Math.min(line.length, 4 * EXCERPT), StandardCharsets.UTF_8);
		return (text.length() > EXCERPT) ? printable(text.substring(0, EXCERPT)) + "…" : printable(text);
	}

	private static boolean isUnsafe(char c) {
		return Character.isISOControl(c) || (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E)
				|| (c >= 0x2066 && c <= 0x2069) || c == 0x061C || c == 0xFEFF;
	}

}
