package io.agentflow.messaging.codec;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * From tokens of Jackson 2 to trees of Jackson 3 and back. Numbers keep their Java type.
 */
final class Jackson2Trees {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private Jackson2Trees() {
	}

	/**
	 * Reads the value whose first token is the current one.
	 * @throws InvalidMessageException if an object has two members of one name
	 */
	static JsonNode read(JsonParser tokens, ObjectMapper mapper) throws IOException {
		return switch (tokens.currentToken()) {
			case START_OBJECT -> object(tokens, mapper);
			case START_ARRAY -> array(tokens, mapper);
			case VALUE_STRING -> NODES.stringNode(tokens.getText());
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(tokens.getNumberValue());
			case VALUE_TRUE -> NODES.booleanNode(true);
			case VALUE_FALSE -> NODES.booleanNode(false);
			case VALUE_EMBEDDED_OBJECT -> embedded(tokens.getEmbeddedObject(), mapper);
			default -> NODES.nullNode();
		};
	}

	private static ObjectNode object(JsonParser tokens, ObjectMapper mapper) throws IOException {
		ObjectNode object = NODES.objectNode();
		while (tokens.nextToken() != JsonToken.END_OBJECT) {
			String name = tokens.currentName();
			tokens.nextToken();
			if (object.replace(name, read(tokens, mapper)) != null) {
				throw Conversions.duplicateMember(tokens.getParsingContext().pathAsPointer().toString());
			}
		}
		return object;
	}

	private static ArrayNode array(JsonParser tokens, ObjectMapper mapper) throws IOException {
		ArrayNode array = NODES.arrayNode();
		while (tokens.nextToken() != JsonToken.END_ARRAY) {
			array.add(read(tokens, mapper));
		}
		return array;
	}

	private static JsonNode number(Number number) {
		if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
			return NODES.numberNode(number.intValue());
		}
		if (number instanceof Long value) {
			return NODES.numberNode(value.longValue());
		}
		if (number instanceof Float value) {
			return NODES.numberNode(value.floatValue());
		}
		if (number instanceof BigDecimal value) {
			return NODES.numberNode(value);
		}
		if (number instanceof BigInteger value) {
			return NODES.numberNode(value);
		}
		return NODES.numberNode(number.doubleValue());
	}

	private static JsonNode embedded(@Nullable Object value, ObjectMapper mapper) {
		if (value == null) {
			return NODES.nullNode();
		}
		if (value instanceof byte[] bytes) {
			return NODES.stringNode(mapper.getSerializationConfig().getBase64Variant().encode(bytes));
		}
		return (value instanceof JsonNode tree) ? tree : NODES.pojoNode(value);
	}

	static void write(JsonNode node, TokenBuffer buffer) throws IOException {
		switch (node.getNodeType()) {
			case OBJECT -> {
				buffer.writeStartObject();
				for (var member : node.properties()) {
					buffer.writeFieldName(member.getKey());
					write(member.getValue(), buffer);
				}
				buffer.writeEndObject();
			}
			case ARRAY -> {
				buffer.writeStartArray();
				for (JsonNode element : node) {
					write(element, buffer);
				}
				buffer.writeEndArray();
			}
			case STRING -> buffer.writeString(node.stringValue());
			case NUMBER -> write(node.numberValue(), buffer);
			case BOOLEAN -> buffer.writeBoolean(node.booleanValue());
			case BINARY -> buffer.writeString(node.asString());
			default -> buffer.writeNull();
		}
	}

	private static void write(Number number, TokenBuffer buffer) throws IOException {
		if (number instanceof Integer value) {
			buffer.writeNumber(value.intValue());
		}
		else if (number instanceof Long value) {
			buffer.writeNumber(value.longValue());
		}
		else if (number instanceof BigInteger value) {
			buffer.writeNumber(value);
		}
		else if (number instanceof BigDecimal value) {
			buffer.writeNumber(value);
		}
		else {
			buffer.writeNumber(number.doubleValue());
		}
	}

}
