package io.agentflow.messaging.codec;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import io.agentflow.messaging.codec.InvalidMessageException.Reason;
import io.agentflow.messaging.codec.InvalidMessageException.Violation;

/**
 * One pass over one received JSON text with no leniency: Jackson's parser, and checks for
 * what that lets through (byte order marks, ill-formed UTF-8, lone surrogates in escapes,
 * duplicate members, numbers beyond a double, trailing data). Not thread-safe, used once.
 */
final class StrictParser implements AutoCloseable {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private static final double SAFE = CanonicalNumbers.MAX_SAFE_INTEGER;

	private final CodecLimits limits;

	private final JsonParser parser;

	private final boolean checkText;

	/**
	 * Opens a text.
	 * @param factory made by {@link #factory}
	 * @param limits what it was made for
	 * @param bytes the text
	 * @throws InvalidMessageException if it is not UTF-8 without a byte order mark
	 */
	StrictParser(JsonFactory factory, CodecLimits limits, byte[] bytes) {
		this.limits = limits;
		int scan = Utf8.scan(bytes);
		if (scan >= 0) {
			throw malformed("", "a byte that is not UTF-8 text, at offset " + scan, "well-formed UTF-8");
		}
		if (Utf8.startsWithZeros(bytes)) {
			throw malformed("", "zero bytes at the start, as of UTF-16 or UTF-32", "UTF-8 (RFC 8259, section 8.1)");
		}
		if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
			throw malformed("", "a byte order mark", "UTF-8 without one (RFC 8259, section 8.1)");
		}
		this.checkText = scan == Utf8.ESCAPED_SURROGATES;
		this.parser = factory.createParser(ObjectReadContext.empty(), bytes);
	}

	/**
	 * Makes the factory of parsers that keep the limits.
	 */
	static JsonFactory factory(CodecLimits limits) {
		return JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(limits.maxDepth())
				.maxStringLength(limits.maxStringLength())
				.maxNameLength(limits.maxStringLength())
				.maxNumberLength(limits.maxNumberLength())
				.build())
			.build();
	}

	static InvalidMessageException malformed(String path, String found, String allowed) {
		return new InvalidMessageException(Reason.MALFORMED, List.of(new Violation(path, found, allowed)), null, null);
	}

	/**
	 * Reads the whole text as one value.
	 */
	JsonNode tree() {
		next();
		JsonNode tree = node();
		end();
		return tree;
	}

	/**
	 * Steps to the first token and tells whether it starts an object.
	 */
	boolean startsObject() {
		return next() == JsonToken.START_OBJECT;
	}

	/**
	 * Steps to the next token and tells whether it is a string.
	 */
	boolean nextIsString() {
		return next() == JsonToken.VALUE_STRING;
	}

	JsonToken next() {
		JsonToken token = nextOrEnd();
		if (token == null) {
			throw malformed("", "no JSON text, or one that ends early", "one JSON object");
		}
		return token;
	}

	/**
	 * Steps to the next member of an object and returns its name, or {@code null} at the
	 * end of the object.
	 */
	@Nullable String nextName() {
		try {
			String name = this.parser.nextName();
			if (name != null && this.checkText) {
				requireWellFormed(name);
			}
			return name;
		}
		catch (JacksonException ex) {
			throw translate(ex);
		}
	}

	/**
	 * Refuses anything but white space behind the text.
	 */
	void end() {
		if (nextOrEnd() != null) {
			throw malformed("", "further data behind the JSON text", "one JSON object");
		}
	}

	/**
	 * Returns the offset of the member name that {@link #nextName} returned last, at its
	 * opening quote.
	 */
	int nameOffset() {
		return (int) this.parser.currentTokenLocation().getByteOffset();
	}

	String path() {
		return this.parser.streamReadContext().pathAsPointer().toString();
	}

	String string() {
		try {
			String text = this.parser.getString();
			if (this.checkText) {
				requireWellFormed(text);
			}
			return text;
		}
		catch (JacksonException ex) {
			throw translate(ex);
		}
	}

	/**
	 * Reads the value whose first token is the current one.
	 */
	JsonNode node() {
		JsonToken token = this.parser.currentToken();
		return switch (token) {
			case START_OBJECT -> object();
			case START_ARRAY -> array();
			case VALUE_STRING -> NODES.stringNode(string());
			case VALUE_NUMBER_INT -> integer();
			case VALUE_NUMBER_FLOAT -> NODES.numberNode(finite());
			case VALUE_TRUE -> NODES.booleanNode(true);
			case VALUE_FALSE -> NODES.booleanNode(false);
			case VALUE_NULL -> NODES.nullNode();
			default -> throw malformed(path(), "no JSON value", "a JSON value");
		};
	}

	private ObjectNode object() {
		ObjectNode object = NODES.objectNode();
		String name = nextName();
		while (name != null) {
			next();
			if (object.replace(name, node()) != null) {
				throw duplicate();
			}
			name = nextName();
		}
		return object;
	}

	private ArrayNode array() {
		ArrayNode array = NODES.arrayNode();
		while (next() != JsonToken.END_ARRAY) {
			array.add(node());
		}
		return array;
	}

	/**
	 * Reads the value whose first token is the current one as plain Java values:
	 * unmodifiable maps and lists, texts, numbers, booleans and {@code null}.
	 */
	@Nullable Object value() {
		return switch (this.parser.currentToken()) {
			case START_OBJECT -> map();
			case START_ARRAY -> list();
			case VALUE_STRING -> string();
			case VALUE_TRUE -> Boolean.TRUE;
			case VALUE_FALSE -> Boolean.FALSE;
			case VALUE_NULL -> null;
			default -> node().numberValue();
		};
	}

	private Map<String, @Nullable Object> map() {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		String name = nextName();
		while (name != null) {
			next();
			int before = map.size();
			map.put(name, value());
			if (map.size() == before) {
				throw duplicate();
			}
			name = nextName();
		}
		return Collections.unmodifiableMap(map);
	}

	private List<@Nullable Object> list() {
		List<@Nullable Object> list = new ArrayList<>();
		while (next() != JsonToken.END_ARRAY) {
			list.add(value());
		}
		return Collections.unmodifiableList(list);
	}

	InvalidMessageException duplicate() {
		return malformed(path(), "a member name that is there twice", "each member name once");
	}

	/**
	 * Reads an integer. Beyond ±(2^53−1), text that a double is written as becomes that
	 * double; any other stays exact, to be proven by the received bytes or not at all.
	 */
	private JsonNode integer() {
		try {
			return switch (this.parser.getNumberType()) {
				case INT -> smallInteger(this.parser.getIntValue());
				case LONG -> largeInteger(BigInteger.valueOf(this.parser.getLongValue()));
				default -> largeInteger(this.parser.getBigIntegerValue());
			};
		}
		catch (JacksonException ex) {
			throw translate(ex);
		}
	}

	private JsonNode smallInteger(int value) {
		if (value == 0 && this.parser.getStringLength() == 2) {
			return NODES.numberNode(-0.0);
		}
		return NODES.numberNode(value);
	}

	private JsonNode largeInteger(BigInteger value) {
		double nearest = value.doubleValue();
		if (Math.abs(nearest) <= SAFE) {
			return NODES.numberNode(value.longValue());
		}
		if (!Double.isFinite(nearest)) {
			throw beyondDouble();
		}
		if (CanonicalNumbers.text(nearest).equals(value.toString())) {
			return NODES.numberNode(nearest);
		}
		return (value.bitLength() < Long.SIZE) ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
	}

	private double finite() {
		try {
			double value = this.parser.getDoubleValue();
			if (!Double.isFinite(value)) {
				throw beyondDouble();
			}
			return value;
		}
		catch (JacksonException ex) {
			throw translate(ex);
		}
	}

	private InvalidMessageException beyondDouble() {
		return malformed(path(), "a number beyond the range of a double", "a number within it (RFC 7493)");
	}

	private void requireWellFormed(String text) {
		if (!ContentRules.isWellFormed(text)) {
			throw malformed(path(), "an escape of a surrogate that lacks its other half", "well-formed Unicode");
		}
	}

	private @Nullable JsonToken nextOrEnd() {
		try {
			return this.parser.nextToken();
		}
		catch (JacksonException ex) {
			throw translate(ex);
		}
	}

	/**
	 * Says what the parser found without its own words, which may quote the content.
	 */
	private InvalidMessageException translate(JacksonException cause) {
		if (cause instanceof StreamConstraintsException) {
			if (this.parser.streamReadContext().getNestingDepth() >= this.limits.maxDepth()) {
				return malformed(path(), "objects and arrays nested deeper than the limit",
						"depth " + this.limits.maxDepth() + " at most");
			}
			return malformed(path(), "a text, name or number longer than the limit",
					this.limits.maxStringLength() + " characters at most in a text or name, "
							+ this.limits.maxNumberLength() + " digits in a number");
		}
		String where = (cause.getLocation() != null) ? " at offset " + cause.getLocation().getByteOffset() : "";
		return malformed(path(), "what is not JSON" + where, "one JSON object (RFC 8259)");
	}

	@Override
	public void close() {
		this.parser.close();
	}

}
