package io.agentflow.messaging.codec;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns payload objects into JSON trees and back. Implementations are thread-safe. A tree
 * is not changed after it was handed over.
 */
public interface PayloadMapper {

	/**
	 * Returns a mapper on Jackson 3 with its default settings and the modules on the
	 * class path.
	 * @return the mapper
	 */
	static PayloadMapper jackson3() {
		return Jackson3PayloadMapper.DEFAULT;
	}

	/**
	 * Returns a mapper on Jackson 3.
	 * @param mapper does the work; its modules and settings apply
	 * @return the mapper
	 */
	static PayloadMapper jackson3(JsonMapper mapper) {
		return new Jackson3PayloadMapper(mapper);
	}

	/**
	 * Returns a mapper on Jackson 2 for applications that are still on it. Writes the
	 * same bytes as {@link #jackson3(JsonMapper)} where the settings of both agree: those
	 * of {@link #jackson2()} do.
	 * @param objectMapper a {@code com.fasterxml.jackson.databind.ObjectMapper}; its
	 * modules and settings apply. Not typed as such, because Jackson 2 is optional and a
	 * container looks at every method of this interface
	 * @return the mapper
	 * @throws IllegalArgumentException if it is something else
	 */
	static PayloadMapper jackson2(Object objectMapper) {
		return Jackson2PayloadMapper.of(objectMapper);
	}

	/**
	 * Returns a mapper on Jackson 2 with the modules on the class path and the defaults
	 * of Jackson 3 where the two differ: times and durations as ISO 8601 text, unknown
	 * members ignored, no {@code null} for a primitive.
	 * @return the mapper
	 */
	static PayloadMapper jackson2() {
		return Jackson2PayloadMapper.of(Jackson2PayloadMapper.likeJackson3());
	}

	/**
	 * Writes a payload as a tree.
	 * @param payload the payload, may be {@code null}
	 * @return the tree; a null node for {@code null}
	 * @throws PayloadConversionException if there is no JSON for it
	 * @throws InvalidMessageException if an object would have two members of one name
	 */
	JsonNode toTree(@Nullable Object payload);

	/**
	 * Reads a payload from a tree.
	 * @param tree the tree
	 * @param type the type wanted, with its type arguments
	 * @return the payload, {@code null} for a null node; the tree itself where the type
	 * is a {@code JsonNode} of Jackson 3
	 * @throws PayloadConversionException if the tree does not fit the type
	 */
	@Nullable Object fromTree(JsonNode tree, Type type);

}
