package io.agentflow.messaging.autoconfigure.logging;

import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * Escapes what JSON allows but a terminal or a tool that reads lines may act upon: DEL,
 * the C1 controls, line and paragraph separators, and marks that turn the direction of
 * writing.
 */
final class LineSafeEscapes extends CharacterEscapes {

	private static final long serialVersionUID = 1L;

	private static final int[] ASCII = ascii();

	@Override
	public int[] getEscapeCodesForAscii() {
		return ASCII.clone();
	}

	@Override
	public @Nullable SerializableString getEscapeSequence(int ch) {
		return (ch == 0x7F || isUnsafe(ch)) ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", ch)) : null;
	}

	private static boolean isUnsafe(int ch) {
		return (ch >= 0x80 && ch <= 0x9F) || (ch >= 0x200E && ch <= 0x200F) || (ch >= 0x2028 && ch <= 0x202E)
				|| (ch >= 0x2066 && ch <= 0x2069) || ch == 0x061C || ch == 0xFEFF;
	}

	private static int[] ascii() {
		int[] codes = CharacterEscapes.standardAsciiEscapesForJSON();
		codes[0x7F] = CharacterEscapes.ESCAPE_CUSTOM;
		return codes;
	}

}
