package io.agentflow.messaging.codec;

import java.util.LinkedHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.ValueNode;

/**
 * Makes the nodes of a tree that Jackson 3 writes an object into. An ordinary factory
 * lets the second of two members of one name win, and keeps byte arrays as Java objects.
 */
final class StrictNodes extends JsonNodeFactory {

	private static final long serialVersionUID = 1L;

	private final transient Function<byte[], String> base64;

	/**
	 * Creates the factory.
	 * @param base64 writes byte arrays as the mapper would
	 */
	StrictNodes(Function<byte[], String> base64) {
		this.base64 = base64;
	}

	@Override
	public ObjectNode objectNode() {
		return new ObjectNode(this, new Members());
	}

	@Override
	public ValueNode pojoNode(@Nullable Object pojo) {
		return (pojo instanceof byte[] bytes) ? stringNode(this.base64.apply(bytes)) : super.pojoNode(pojo);
	}

	/**
	 * Members of an object, each name once.
	 */
	private static final class Members extends LinkedHashMap<String, JsonNode> {

		private static final long serialVersionUID = 1L;

		@Override
		public @Nullable JsonNode put(String name, JsonNode value) {
			JsonNode earlier = super.put(name, value);
			if (earlier != null) {
				throw new DuplicateMemberException();
			}
			return null;
		}

	}

	/**
	 * An object was given a second member of the same name. Jackson wraps it with the
	 * path.
	 */
	static final class DuplicateMemberException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		DuplicateMemberException() {
			super("Duplicate member", null, false, false);
		}

	}

}
