package io.agentflow.messaging.codec;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

import io.agentflow.messaging.codec.StrictNodes.DuplicateMemberException;

/**
 * Payloads by Jackson 3.
 */
final class Jackson3PayloadMapper implements PayloadMapper {

	static final PayloadMapper DEFAULT = new Jackson3PayloadMapper(JsonMapper.builder().findAndAddModules().build());

	private final JsonMapper reader;

	private final JsonMapper writer;

	Jackson3PayloadMapper(JsonMapper mapper) {
		this.reader = mapper;
		this.writer = mapper.rebuild()
			.nodeFactory(new StrictNodes((bytes) -> mapper.serializationConfig().getBase64Variant().encode(bytes)))
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
		try {
			return this.writer.valueToTree(payload);
		}
		catch (JacksonException ex) {
			if (ex.getCause() instanceof DuplicateMemberException) {
				throw Conversions.duplicateMember(pointer(ex));
			}
			throw Conversions.failedToWrite(payload.getClass(), pointer(ex), ex);
		}
		catch (DuplicateMemberException ex) {
			throw Conversions.duplicateMember("");
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
		try {
			return this.reader.treeToValue(tree, this.reader.constructType(type));
		}
		catch (JacksonException ex) {
			throw Conversions.failedToRead(type, pointer(ex), ex);
		}
	}

	private static String pointer(JacksonException ex) {
		String pointer = "";
		for (JacksonException.Reference step : ex.getPath()) {
			String name = step.getPropertyName();
			pointer = ContentRules.pointer(pointer, (name != null) ? name : Integer.toString(step.getIndex()));
		}
		return pointer;
	}

}
