package io.agentflow.messaging;

import java.util.regex.Pattern;

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

	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1," + MAX_TOKEN_LENGTH + "}");

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
		return token != null && TOKEN.matcher(token).matches();
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
			return DEAD_LETTER_PREFIX + template(subject.substring(DEAD_LETTER_PREFIX.length()));
		}
		int first = subject.indexOf('.');
		int last = subject.lastIndexOf('.');
		String head = (first < 0) ? subject : subject.substring(0, first);
		switch (head) {
			case "workflows", "agents" -> {
				String tail = subject.substring(last + 1);
				boolean known = subject.indexOf('.', first + 1) == last && last > first;
				return head + ".*." + ((known && (tail.equals("in") || tail.equals("out"))) ? tail : "*");
			}
			case "tools", "system" -> {
				return switch (subject) {
					case TOOLS_CALLS, TOOLS_AUDIT, SYSTEM_CONTROL, SYSTEM_HEALTH -> subject;
					default -> head + ".*";
				};
			}
			default -> {
				return "other";
			}
		}
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
		String[] tokens = subject.split("\\.", -1);
		for (int i = 0; i < tokens.length; i++) {
			boolean wildcard = wildcards
					&& (tokens[i].equals("*") || (tokens[i].equals(">") && i == tokens.length - 1));
			if (!wildcard && !TOKEN.matcher(tokens[i]).matches()) {
				return false;
			}
		}
		return true;
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
