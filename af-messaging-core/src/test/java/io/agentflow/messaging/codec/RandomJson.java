package io.agentflow.messaging.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Envelopes and JSON values by chance, the same for the same seed on every JDK, and their
 * text in any of the ways that JSON allows.
 */
final class RandomJson {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private static final String[] TEXTS = { "", "a", "agent-1", "\"quoted\"", "back\\slash", "a/b", "\u0000\u001f",
			"\b\t\n\f\r", "<b>&amp;</b>", "\u2028\u2029", "\u20ac", "\u00e9", "e\u0301", "\ue000", "\uffff",
			"\ud83d\ude00", "\u007f", "z".repeat(40), "what? \u6f22", "?" };

	private static final double[] NUMBERS = { 0, -0.0, 1, -1, 0.1, 1.5, 1e-6, 1e-7, 1e20, 1e21, 5e-324,
			1.7976931348623157e308, 9007199254740991d, -9007199254740991d, 123456789.12345679, 100 };

	private final Random random;

	RandomJson(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * Makes an envelope that keeps all rules, without a hash.
	 */
	ObjectNode envelope() {
		ObjectNode envelope = NODES.objectNode();
		envelope.put("id", id()).put("trace_id", hex(32)).put("span_id", hex(16));
		envelope.put("from", "a" + text()).put("to", "b" + text());
		envelope.put("type", pick("request", "response", "event", "control"));
		envelope.set("payload", value(3));
		ObjectNode metadata = object(2);
		metadata.put("workflow_id", "wf-" + this.random.nextInt(1000));
		envelope.set("metadata", metadata);
		envelope.putObject("cost")
			.put("tokens", this.random.nextInt(5000))
			.put("dollars", this.random.nextInt(900) / 64d);
		envelope.put("ts", "2026-11-2" + this.random.nextInt(10) + "T10:00:00"
				+ (this.random.nextBoolean() ? "." + (1 + this.random.nextInt(9)) : "") + "Z");
		return envelope;
	}

	JsonNode value(int depth) {
		return switch (this.random.nextInt((depth > 0) ? 8 : 6)) {
			case 0 -> NODES.nullNode();
			case 1 -> NODES.booleanNode(this.random.nextBoolean());
			case 2 -> NODES.numberNode(this.random.nextInt());
			case 3 -> NODES.numberNode(NUMBERS[this.random.nextInt(NUMBERS.length)]);
			case 4, 5 -> NODES.stringNode(text());
			case 6 -> object(depth);
			default -> array(depth);
		};
	}

	private ObjectNode object(int depth) {
		ObjectNode object = NODES.objectNode();
		for (int i = this.random.nextInt(5); i > 0; i--) {
			object.set(text() + text(), value(depth - 1));
		}
		return object;
	}

	private ArrayNode array(int depth) {
		ArrayNode array = NODES.arrayNode();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			array.add(value(depth - 1));
		}
		return array;
	}

	private String text() {
		return TEXTS[this.random.nextInt(TEXTS.length)];
	}

	private String id() {
		StringBuilder id = new StringBuilder("0");
		while (id.length() < 26) {
			id.append("0123456789ABCDEFGHJKMNPQRSTVWXYZ".charAt(this.random.nextInt(32)));
		}
		return id.toString();
	}

	private String hex(int length) {
		if (this.random.nextInt(4) == 0) {
			return "";
		}
		StringBuilder hex = new StringBuilder();
		while (hex.length() < length) {
			hex.append(Character.forDigit(this.random.nextInt(16), 16));
		}
		return hex.toString();
	}

	private String pick(String... values) {
		return values[this.random.nextInt(values.length)];
	}

	/**
	 * Writes a value with members in any order, white space anywhere, and characters by
	 * any of their escapes.
	 */
	String anyText(JsonNode value) {
		StringBuilder text = new StringBuilder();
		write(value, text);
		return text.toString();
	}

	private void write(JsonNode value, StringBuilder text) {
		space(text);
		if (value.isObject()) {
			List<Map.Entry<String, JsonNode>> members = new ArrayList<>(value.properties());
			Collections.shuffle(members, this.random);
			text.append('{');
			for (int i = 0; i < members.size(); i++) {
				space((i > 0) ? text.append(',') : text);
				quoted(members.get(i).getKey(), text);
				space(text);
				write(members.get(i).getValue(), text.append(':'));
			}
			space(text).append('}');
		}
		else if (value.isArray()) {
			text.append('[');
			for (int i = 0; i < value.size(); i++) {
				write(value.get(i), (i > 0) ? text.append(',') : text);
			}
			space(text).append(']');
		}
		else if (value.isString()) {
			quoted(value.stringValue(), text);
		}
		else {
			text.append(value);
		}
		space(text);
	}

	private void quoted(String value, StringBuilder text) {
		text.append('"');
		int way = 0;
		for (char c : value.toCharArray()) {
			// Both halves of a pair in the same way: half an escape is none.
			way = Character.isLowSurrogate(c) ? way : this.random.nextInt(8);
			if (c < 0x20 || c == '"' || c == '\\' || way == 0) {
				text.append(String.format((way % 2 == 0) ? "\\u%04x" : "\\u%04X", (int) c));
			}
			else {
				text.append((c == '/' && way < 4) ? "\\/" : String.valueOf(c));
			}
		}
		text.append('"');
	}

	private StringBuilder space(StringBuilder text) {
		return (this.random.nextInt(4) == 0) ? text.append(pick(" ", "\n", "\r\n", "\t", "  ")) : text;
	}

}
