package io.agentflow.messaging;

import org.jspecify.annotations.Nullable;

/**
 * The subjects of the backbone. Ids are refused outside {@code [A-Za-z0-9_-]{1,128}}: the
 * NATS client lets wildcards, blanks and control characters through, and the server then
 * stores them as literal subjects that no filter finds.
 */
public final class Subjects {

	/** Calls of tools. */
	public static final String TOOLS_CALLS = "tools.calls";

	/** Audit records of tools. */
	public static final String TOOLS_AUDIT = "tools.audit";

	/** Commands to the whole system. */
	public static final String SYSTEM_CONTROL = "system.control";

	/** Signs of life. */
	public static final String SYSTEM_HEALTH = "system.health";

	/** What every dead letter's subject starts with; the original subject follows. */
	public static final String DEAD_LETTER_PREFIX = "dead.";

	/**
	 * Longest subject, in characters; keeps every protocol line below the server's 4096.
	 */
	public static final int MAX_LENGTH = 1024;

	private static final int MAX_TOKEN_LENGTH = 128;

	private Subjects() {
	}

	/**
	 * Subject of what goes into a workflow.
	 * @param workflowId the workflow's id
	 * @return {@code workflows.<id>.in}
	 * @throws IllegalArgumentException if the id is not one subject token
	 */
	public static String workflowIn(String workflowId) {
		return "workflows." + requireToken("workflow id", workflowId) + ".in";
	}

	/**
	 * Subject of what comes out of a workflow.
	 * @param workflowId the workflow's id
	 * @return {@code workflows.<id>.out}
	 * @throws IllegalArgumentException if the id is not one subject token
	 */
	public static String workflowOut(String workflowId) {
		return "workflows." + requireToken("workflow id", workflowId) + ".out";
	}

	/**
	 * Subject of what an agent receives.
	 * @param agentId the agent's id
	 * @return {@code agents.<id>.in}
	 * @throws IllegalArgumentException if the id is not one subject token
	 */
	public static String agentIn(String agentId) {
		return "agents." + requireToken("agent id", agentId) + ".in";
	}

	/**
	 * Subject of what an agent emits.
	 * @param agentId the agent's id
	 * @return {@code agents.<id>.out}
	 * @throws IllegalArgumentException if the id is not one subject token
	 */
	public static String agentOut(String agentId) {
		return "agents." + requireToken("agent id", agentId) + ".out";
	}

	/**
	 * Subject of the dead letters of another subject.
	 * @param subject the original subject
	 * @return {@code dead.<subject>}
	 */
	public static String deadLetter(String subject) {
		return DEAD_LETTER_PREFIX + requirePublishable(subject);
	}

	/**
	 * Tells whether a text may stand as one token of a subject.
	 * @param token the text
	 * @return {@code true} for 1 to 128 of {@code [A-Za-z0-9_-]}
	 */
	public static boolean isToken(@Nullable String token) {
		return token != null && isToken(token, 0, token.length());
	}

	/**
	 * Refuses anything but a subject that one message can be published to: tokens of
	 * {@code [A-Za-z0-9_-]} parted by dots, no wildcard, at most {@value #MAX_LENGTH}
	 * characters.
	 * @param subject the subject
	 * @return the same subject
	 * @throws IllegalArgumentException if it is not such a subject
	 */
	public static String requirePublishable(String subject) {
		if (!matches(subject, false)) {
			throw new IllegalArgumentException("Not a subject to publish to: " + quote(subject)
					+ ". Use tokens of [A-Za-z0-9_-] parted by dots, at most " + MAX_LENGTH
					+ " characters, no wildcards");
		}
		return subject;
	}

	/**
	 * Refuses anything but a subject filter: as {@link #requirePublishable}, with
	 * {@code *} for one token and {@code >} for the rest.
	 * @param filter the filter
	 * @return the same filter
	 * @throws IllegalArgumentException if it is not a filter
	 */
	public static String requireFilter(String filter) {
		if (!matches(filter, true)) {
			throw new IllegalArgumentException("Not a subject filter: " + quote(filter)
					+ ". Use tokens of [A-Za-z0-9_-] parted by dots, '*' for one token, '>' for the rest");
		}
		return filter;
	}

	/**
	 * Tells whether a filter selects a subject.
	 * @param filter a subject filter
	 * @param subject a subject, or a narrower filter
	 * @return whether each subject that {@code subject} stands for is selected
	 */
	public static boolean covers(String filter, String subject) {
		String[] wanted = filter.split("\\.", -1);
		String[] tokens = subject.split("\\.", -1);
		for (int i = 0; i < wanted.length; i++) {
			if (wanted[i].equals(">")) {
				return tokens.length > i;
			}
			if (i >= tokens.length || tokens[i].equals(">")) {
				return false;
			}
			if (!wanted[i].equals("*") && !wanted[i].equals(tokens[i])) {
				return false;
			}
		}
		return tokens.length == wanted.length;
	}

	/**
	 * Names the family of a subject, for metric tags and span names whose number must
	 * stay bounded.
	 * @param subject a subject
	 * @return {@code agents.*.in} for {@code agents.a17.in}, and so on; the subject
	 * itself where it holds no id; {@code other} for what the contract does not know
	 */
	public static String template(String subject) {
		if (subject.startsWith(DEAD_LETTER_PREFIX)) {
			String original = subject.substring(DEAD_LETTER_PREFIX.length());
			// Anybody may publish dead.dead.dead.…, which must not make ever new names.
			return DEAD_LETTER_PREFIX + (original.startsWith(DEAD_LETTER_PREFIX) ? "other" : template(original));
		}
		int first = subject.indexOf('.');
		int last = subject.lastIndexOf('.');
		String head = (first < 0) ? subject : subject.substring(0, first);
		boolean threeTokens = last > first && subject.indexOf('.', first + 1) == last;
		// Constants, not made anew: this is asked several times for each message.
		return switch (head) {
			case "workflows" -> family(subject, threeTokens, "workflows.*.in", "workflows.*.out", "workflows.*.*");
			case "agents" -> family(subject, threeTokens, "agents.*.in", "agents.*.out", "agents.*.*");
			case "tools" -> (subject.equals(TOOLS_CALLS) || subject.equals(TOOLS_AUDIT)) ? subject : "tools.*";
			case "system" -> (subject.equals(SYSTEM_CONTROL) || subject.equals(SYSTEM_HEALTH)) ? subject : "system.*";
			default -> "other";
		};
	}

	private static String family(String subject, boolean threeTokens, String in, String out, String other) {
		if (threeTokens && subject.endsWith(".in")) {
			return in;
		}
		return (threeTokens && subject.endsWith(".out")) ? out : other;
	}

	private static String requireToken(String what, @Nullable String id) {
		if (id == null || !isToken(id)) {
			throw new IllegalArgumentException("Not a usable " + what + ": " + quote(id) + ". Use 1 to "
					+ MAX_TOKEN_LENGTH + " characters of [A-Za-z0-9_-]");
		}
		return id;
	}

	private static boolean matches(@Nullable String subject, boolean wildcards) {
		if (subject == null || subject.isEmpty() || subject.length() > MAX_LENGTH) {
			return false;
		}
		int start = 0;
		for (int i = 0; i <= subject.length(); i++) {
			if (i == subject.length() || subject.charAt(i) == '.') {
				if (!isToken(subject, start, i) && !(wildcards && isWildcard(subject, start, i))) {
					return false;
				}
				start = i + 1;
			}
		}
		return true;
	}

	private static boolean isToken(String text, int from, int to) {
		if (to <= from || to - from > MAX_TOKEN_LENGTH) {
			return false;
		}
		for (int i = from; i < to; i++) {
			char c = text.charAt(i);
			boolean usable = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
					|| c == '-';
			if (!usable) {
				return false;
			}
		}
		return true;
	}

	private static boolean isWildcard(String text, int from, int to) {
		return to - from == 1 && (text.charAt(from) == '*' || (text.charAt(from) == '>' && to == text.length()));
	}

	/**
	 * Makes a refused text safe to print: no control characters, bounded length.
	 */
	private static String quote(@Nullable String text) {
		if (text == null) {
			return "null";
		}
		String safe = text.replaceAll("[^\\x20-\\x7E]", "?");
		return "'" + ((safe.length() > 80) ? safe.substring(0, 80) + "…" : safe) + "'";
	}

}
