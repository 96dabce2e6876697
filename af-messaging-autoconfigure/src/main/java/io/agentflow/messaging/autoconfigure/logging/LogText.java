package io.agentflow.messaging.autoconfigure.logging;

/**
 * Makes any text fit to be a JSON string of one log line.
 */
final class LogText {

	private static final char REPLACEMENT = '\uFFFD';

	private LogText() {
	}

	/**
	 * Cuts a text that is too long, saying by how much, and replaces surrogates without
	 * their partner, which no UTF-8 can hold.
	 * @param text the text
	 * @param max characters that are kept
	 * @return the text itself if it was fit already
	 */
	static String fit(String text, int max) {
		String cut = (text.length() > max) ? cut(text, max) : text;
		int lone = firstLoneSurrogate(cut, 0);
		return (lone < 0) ? cut : replaceLoneSurrogates(cut, lone);
	}

	private static String cut(String text, int max) {
		return text.substring(0, max) + "…(" + (text.length() - max) + " more characters)";
	}

	private static String replaceLoneSurrogates(String text, int first) {
		StringBuilder fit = new StringBuilder(text);
		for (int i = first; i >= 0; i = firstLoneSurrogate(text, i + 1)) {
			fit.setCharAt(i, REPLACEMENT);
		}
		return fit.toString();
	}

	private static int firstLoneSurrogate(String text, int from) {
		for (int i = from; i < text.length(); i++) {
			char c = text.charAt(i);
			if (!Character.isSurrogate(c)) {
				continue;
			}
			boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length()
					&& Character.isLowSurrogate(text.charAt(i + 1));
			if (!pair) {
				return i;
			}
			i++;
		}
		return -1;
	}

}
