package io.agentflow.messaging.autoconfigure.logging;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;
import tools.jackson.databind.util.RawValue;

/**
 * Turns what a tree holds beside JSON into JSON. Texts that are to be written as they
 * are, by {@code appendRaw} or {@code @JsonRawValue}, could otherwise end the line and
 * begin another.
 */
final class PlainJson {

	private PlainJson() {
	}

	/**
	 * Makes a tree that is JSON and nothing else.
	 * @param node the tree; changed in place
	 * @param mapper reads texts that claim to be JSON
	 * @return the tree, or what takes its place
	 */
	static JsonNode of(JsonNode node, ObjectMapper mapper) {
		if (node instanceof POJONode embedded) {
			return of(embedded, mapper);
		}
		if (node instanceof ObjectNode object) {
			object.properties().forEach((member) -> member.setValue(of(member.getValue(), mapper)));
		}
		else if (node instanceof ArrayNode array) {
			for (int i = 0; i < array.size(); i++) {
				array.set(i, of(array.get(i), mapper));
			}
		}
		return node;
	}

	private static JsonNode of(POJONode embedded, ObjectMapper mapper) {
		if (embedded.getPojo() instanceof RawValue raw) {
			return read(String.valueOf(raw.rawValue()), mapper);
		}
		JsonNode tree = mapper.valueToTree(embedded.getPojo());
		if (tree instanceof POJONode still) {
			return (still.getPojo() instanceof RawValue raw) ? read(String.valueOf(raw.rawValue()), mapper)
					: mapper.getNodeFactory().stringNode(String.valueOf(still.getPojo()));
		}
		return of(tree, mapper);
	}

	private static JsonNode read(String text, ObjectMapper mapper) {
		try {
			return mapper.readTree(text);
		}
		catch (JacksonException ex) {
			return mapper.getNodeFactory().stringNode(text);
		}
	}

}
