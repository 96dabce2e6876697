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
	 * Writes a payload as a tree.
	 * @param payload the payload, may be {@code null}
	 * @return the tree; a null node for {@code null}
	 * @throws PayloadConversionException if there is no JSON for it
	 */
	JsonNode toTree(@Nullable Object payload);

	/**
	 * Reads a payload from a tree.
	 * @param tree the tree
	 * @param type the type wanted, with its type arguments
	 * @return the payload, {@code null} for a null node
	 * @throws PayloadConversionException if the tree does not fit the type
	 */
	@Nullable Object fromTree(JsonNode tree, Type type);

}
