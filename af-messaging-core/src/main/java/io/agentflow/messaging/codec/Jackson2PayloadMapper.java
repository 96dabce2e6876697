package io.agentflow.messaging.codec;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * Payloads by Jackson 2. Its tokens become a tree of Jackson 3 and the other way round,
 * so that the rest of the codec knows one kind of tree.
 */
final class Jackson2PayloadMapper implements PayloadMapper {

	private final ObjectMapper mapper;

	private Jackson2PayloadMapper(ObjectMapper mapper) {
		this.mapper = mapper;
	}

	static PayloadMapper of(Object mapper) {
		if (mapper instanceof ObjectMapper objectMapper) {
			return new Jackson2PayloadMapper(objectMapper);
		}
		throw new IllegalArgumentException("PayloadMapper.jackson2 takes an ObjectMapper of "
				+ ObjectMapper.class.getPackageName() + ", not a " + mapper.getClass().getName());
	}

	/**
	 * Makes a mapper that writes and reads like Jackson 3's default one.
	 */
	static ObjectMapper likeJackson3() {
		return JsonMapper.builder()
			.findAndAddModules()
			.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
					SerializationFeature.FAIL_ON_EMPTY_BEANS)
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.build();
	}

	@Override
	public JsonNode toTree(@Nullable Object payload) {
		if (payload == null) {
			return NullNode.getInstance();
		}
		JsonNode known = Conversions.withoutMapper(payload);
		if (known != null) {
			return known;
		}
		try (TokenBuffer buffer = new TokenBuffer(this.mapper, false)) {
			this.mapper.writeValue(buffer, payload);
			try (JsonParser tokens = buffer.asParser()) {
				tokens.nextToken();
				return Jackson2Trees.read(tokens, this.mapper);
			}
		}
		catch (IOException ex) {
			throw Conversions.failedToWrite(payload.getClass(), pointer(ex), ex);
		}
	}

	@Override
	public @Nullable Object fromTree(JsonNode tree, Type type) {
		if (Conversions.isWanted(tree, type)) {
			return tree;
		}
		if (tree.isNull() || tree.isMissingNode()) {
			return null;
		}
		try (TokenBuffer buffer = new TokenBuffer(this.mapper, false)) {
			Jackson2Trees.write(tree, buffer);
			return this.mapper.readValue(buffer.asParser(), this.mapper.constructType(type));
		}
		catch (IOException ex) {
			throw Conversions.failedToRead(type, pointer(ex), ex);
		}
	}

	private static String pointer(IOException ex) {
		String pointer = "";
		List<JsonMappingException.Reference> path = (ex instanceof JsonMappingException mapping) ? mapping.getPath()
				: List.of();
		for (JsonMappingException.Reference step : path) {
			String name = step.getFieldName();
			pointer = ContentRules.pointer(pointer, (name != null) ? name : Integer.toString(step.getIndex()));
		}
		return pointer;
	}

}
