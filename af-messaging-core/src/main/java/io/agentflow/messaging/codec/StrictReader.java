package io.agentflow.messaging.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One pass over one received text with no leniency: what is JSON by RFC 8259, in UTF-8
 * without a byte order mark, with each member name once in its object, well-formed texts,
 * numbers that doubles reach, nothing behind it, and all that within limits. Values
 * become trees or plain Java values. Not thread-safe, used for one text.
 */
final class StrictReader extends JsonInput {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private static final byte[] TRUE = { 't', 'r', 'u', 'e' };

	private static final byte[] FALSE = { 'f', 'a', 'l', 's', 'e' };

	private static final byte[] NULL = { 'n', 'u', 'l', 'l' };

	/**
	 * Opens a text.
	 * @param text the text
	 * @param limits its limits
	 * @throws MalformedJsonException here and from any method, if the text is not strict
	 */
	StrictReader(byte[] text, CodecLimits limits) {
		super(text, limits);
	}

	/**
	 * Reads a whole text as one value.
	 * @throws InvalidMessageException if it is malformed
	 */
	static JsonNode tree(byte[] text, CodecLimits limits) {
		try {
			StrictReader reader = new StrictReader(text, limits);
			JsonNode tree = reader.node();
			reader.end();
			return tree;
		}
		catch (MalformedJsonException ex) {
			throw ex.refusal();
		}
	}

	/**
	 * Refuses anything but white space up to the end.
	 */
	void end() {
		if (peek() != END) {
			throw new MalformedJsonException("further data behind the JSON text", "one JSON object");
		}
	}

	/**
	 * Reads a value as a tree.
	 */
	JsonNode node() {
		return switch (peek()) {
			case '"' -> NODES.stringNode(string());
			case '{' -> object();
			case '[' -> array();
			case 't' -> NODES.booleanNode(literal(TRUE));
			case 'f' -> NODES.booleanNode(!literal(FALSE));
			case 'n' -> nullNode();
			case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonNumbers.read(this);
			default -> throw notJson();
		};
	}

	private NullNode nullNode() {
		literal(NULL);
		return NODES.nullNode();
	}

	/**
	 * Steps over a word.
	 * @return {@code true}
	 */
	private boolean literal(byte[] word) {
		byte[] text = text();
		int at = position();
		for (byte letter : word) {
			if (at >= text.length || text[at] != letter) {
				moveTo(at);
				throw notJson();
			}
			at++;
		}
		moveTo(at);
		return true;
	}

	private ObjectNode object() {
		Map<String, JsonNode> members = new LinkedHashMap<>();
		String name = firstName();
		while (name != null) {
			try {
				if (members.put(name, node()) != null) {
					throw duplicate();
				}
			}
			catch (MalformedJsonException ex) {
				throw ex.below(name);
			}
			name = nextName();
		}
		return new ObjectNode(NODES, members);
	}

	private ArrayNode array() {
		ArrayNode array = NODES.arrayNode();
		for (boolean more = startArray(); more; more = nextElement()) {
			try {
				array.add(node());
			}
			catch (MalformedJsonException ex) {
				throw ex.below(Integer.toString(array.size()));
			}
		}
		return array;
	}

	/**
	 * Steps into an array and tells whether it has an element; if not, steps out again.
	 */
	private boolean startArray() {
		enter();
		if (peek() != ']') {
			return true;
		}
		leave();
		return false;
	}

	private boolean nextElement() {
		int symbol = peek();
		if (symbol == ',') {
			moveTo(position() + 1);
			return true;
		}
		if (symbol != ']') {
			throw notJson();
		}
		leave();
		return false;
	}

	/**
	 * Reads a value as plain Java values: unmodifiable maps and lists, texts, numbers,
	 * booleans and {@code null}.
	 */
	@Nullable Object value() {
		return switch (peek()) {
			case '"' -> string();
			case '{' -> Collections.unmodifiableMap(map());
			case '[' -> list();
			case 't' -> literal(TRUE);
			case 'f' -> !literal(FALSE);
			case 'n' -> {
				literal(NULL);
				yield null;
			}
			default -> node().numberValue();
		};
	}

	/**
	 * Reads an object, whose brace is next.
	 * @return a map that the caller may change
	 */
	Map<String, @Nullable Object> map() {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		String name = firstName();
		while (name != null) {
			try {
				int before = map.size();
				map.put(name, value());
				if (map.size() == before) {
					throw duplicate();
				}
			}
			catch (MalformedJsonException ex) {
				throw ex.below(name);
			}
			name = nextName();
		}
		return map;
	}

	private List<@Nullable Object> list() {
		List<@Nullable Object> list = new ArrayList<>();
		for (boolean more = startArray(); more; more = nextElement()) {
			try {
				list.add(value());
			}
			catch (MalformedJsonException ex) {
				throw ex.below(Integer.toString(list.size()));
			}
		}
		return Collections.unmodifiableList(list);
	}

	static MalformedJsonException duplicate() {
		return new MalformedJsonException("a member name that is there twice", "each member name once");
	}

}
