package io.agentflow.messaging.codec;

import java.util.regex.Matcher;

import com.google.re2j.Pattern;
import com.networknt.schema.regex.RegularExpression;

/**
 * A pattern of a JSON Schema, matched in time linear to the text. Java's own expressions
 * take exponential time for some patterns and overflow the stack for others.
 */
final class LinearRegex implements RegularExpression {

	/** A character by its code, as ECMAScript writes it. */
	private static final java.util.regex.Pattern UNICODE_ESCAPE = java.util.regex.Pattern
		.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u([0-9A-Fa-f]{4})");

	private final Pattern pattern;

	LinearRegex(String ecmaScript) {
		Matcher escapes = UNICODE_ESCAPE.matcher(ecmaScript);
		this.pattern = Pattern.compile(escapes.replaceAll("$1\\\\x{$2}"));
	}

	@Override
	public boolean matches(String value) {
		return this.pattern.matcher(value).find();
	}

}
