package io.agentflow.messaging.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.codec.InvalidMessageException.Violation;

/**
 * Finds everything in a value that has no canonical form. Says the same as
 * {@link CanonicalWriter}, only slower and in full.
 */
final class ContentRules {

	static final String ALLOWED_INTEGER = "an integer from -(2^53-1) to 2^53-1: write a larger one as a string";

	static final String ALLOWED_NUMBER = "a finite number: write others as a string";

	static final String ALLOWED_TEXT = "well-formed Unicode: replace surrogates that lack their other half";

	private static final BigInteger MAX_SAFE = BigInteger.valueOf(CanonicalNumbers.MAX_SAFE_INTEGER);

	private static final BigDecimal MAX_SAFE_DECIMAL = new BigDecimal(MAX_SAFE);

	private final int maxDepth;

	private final List<Violation> violations = new ArrayList<>();

	private ContentRules(int maxDepth) {
		this.maxDepth = maxDepth;
	}

	/**
	 * Lists what cannot be written.
	 * @param path where the value is, as a JSON Pointer
	 * @param value a tree or a JSON value
	 * @param depth nesting above the value
	 * @param maxDepth deepest nesting allowed
	 * @return the violations, none if the value can be written
	 */
	static List<Violation> violations(String path, @Nullable Object value, int depth, int maxDepth) {
		ContentRules rules = new ContentRules(maxDepth);
		rules.check(path, value, depth);
		return rules.violations;
	}

	/**
	 * Tells whether a decimal is an integer that a double may not hold exactly.
	 */
	static boolean isUnsafeInteger(BigDecimal value) {
		return value.abs().compareTo(MAX_SAFE_DECIMAL) > 0 && value.stripTrailingZeros().scale() <= 0;
	}

	static boolean isWellFormed(String text) {
		int length = text.length();
		for (int i = 0; i < length; i++) {
			char c = text.charAt(i);
			if (Character.isSurrogate(c)
					&& (Character.isLowSurrogate(c) || ++i == length || !Character.isLowSurrogate(text.charAt(i)))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Writes a member name or index as a part of a JSON Pointer (RFC 6901, section 3).
	 */
	static String pointer(String parent, String name) {
		return parent + "/" + name.replace("~", "~0").replace("/", "~1");
	}

	private void check(String path, @Nullable Object value, int depth) {
		if (value instanceof JsonNode node) {
			node(path, node, depth);
		}
		else if (value instanceof Map<?, ?> map) {
			map(path, map, depth);
		}
		else if (value instanceof List<?> list && fits(path, depth)) {
			for (int i = 0; i < list.size(); i++) {
				check(path + "/" + i, list.get(i), depth + 1);
			}
		}
		else if (value instanceof String text) {
			text(path, text);
		}
		else if (value instanceof Number number) {
			number(path, number);
		}
	}

	private void node(String path, JsonNode node, int depth) {
		switch (node.getNodeType()) {
			case OBJECT -> members(path, node, depth);
			case ARRAY -> elements(path, node, depth);
			case STRING -> text(path, node.stringValue());
			case NUMBER -> number(path, node.numberValue());
			case POJO -> add(path, "a Java object that the mapper did not turn into JSON", "a JSON value");
			case MISSING -> add(path, "no value", "a JSON value");
			case BINARY, BOOLEAN, NULL -> {
			}
		}
	}

	private void members(String path, JsonNode object, int depth) {
		if (fits(path, depth)) {
			for (Map.Entry<String, JsonNode> member : object.properties()) {
				String memberPath = pointer(path, member.getKey());
				text(memberPath, member.getKey());
				node(memberPath, member.getValue(), depth + 1);
			}
		}
	}

	private void elements(String path, JsonNode array, int depth) {
		if (fits(path, depth)) {
			for (int i = 0; i < array.size(); i++) {
				node(path + "/" + i, array.get(i), depth + 1);
			}
		}
	}

	private void map(String path, Map<?, ?> map, int depth) {
		if (fits(path, depth)) {
			map.forEach((name, value) -> {
				String memberPath = pointer(path, String.valueOf(name));
				if (name instanceof String text) {
					text(memberPath, text);
				}
				else {
					add(memberPath, "a member name that is no text", "a text");
				}
				check(memberPath, value, depth + 1);
			});
		}
	}

	private boolean fits(String path, int depth) {
		if (depth < this.maxDepth) {
			return true;
		}
		add(path, "an object or array at depth " + (depth + 1), "depth " + this.maxDepth + " at most");
		return false;
	}

	private void text(String path, String text) {
		if (!isWellFormed(text)) {
			add(path, "a lone surrogate", ALLOWED_TEXT);
		}
	}

	private void number(String path, Number number) {
		if (number instanceof Double || number instanceof Float) {
			if (!Double.isFinite(number.doubleValue())) {
				add(path, number.toString(), ALLOWED_NUMBER);
			}
		}
		else if (number instanceof BigDecimal decimal) {
			if (isUnsafeInteger(decimal)) {
				add(path, "an integer beyond them", ALLOWED_INTEGER);
			}
		}
		else if (new BigInteger(number.toString()).abs().compareTo(MAX_SAFE) > 0) {
			add(path, "an integer beyond them", ALLOWED_INTEGER);
		}
	}

	private void add(String path, String found, String allowed) {
		this.violations.add(new Violation(path, found, allowed));
	}

}
