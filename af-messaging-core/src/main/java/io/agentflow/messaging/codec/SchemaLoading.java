package io.agentflow.messaging.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Loads payload schemas and finds the broken ones: what is not JSON, breaks the draft's
 * own schema, refers to what is not there, has a pattern that does not compile, or never
 * ends.
 */
final class SchemaLoading {

	private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Map<String, String> texts;

	private final SchemaRegistry registry;

	private final Schema draft;

	SchemaLoading(Map<String, String> texts) {
		this.texts = texts;
		Map<String, String> byLocation = new HashMap<>();
		texts.forEach((type, text) -> byLocation.put(Schemas.location(type), text));
		this.registry = Schemas.registry(byLocation);
		this.draft = this.registry.getSchema(SchemaLocation.of(Schemas.DRAFT));
	}

	Map<String, Schema> load() {
		Map<String, Schema> schemas = new TreeMap<>();
		this.texts.forEach((type, text) -> schemas.put(type, load(type, text)));
		return Collections.unmodifiableMap(schemas);
	}

	private Schema load(String type, String text) {
		if (!TYPE.matcher(type).matches()) {
			throw new InvalidSchemaException(
					"A payload type's name is 1 to 128 characters of [A-Za-z0-9._-]: rename the schema '"
							+ type.replaceAll("[^\\x20-\\x7E]", "?") + ".json'",
					null);
		}
		check(type, text);
		try {
			Schema schema = this.registry.getSchema(SchemaLocation.of(Schemas.location(type)));
			schema.initializeValidators();
			probes().forEach(schema::validate);
			return schema;
		}
		catch (StackOverflowError ex) {
			throw broken(type, "it refers to itself without end", null);
		}
		catch (RuntimeException ex) {
			throw broken(type, String.valueOf(ex.getMessage()), ex);
		}
	}

	private void check(String type, String text) {
		JsonNode tree;
		try {
			tree = JSON.readTree(text);
		}
		catch (JacksonException ex) {
			throw broken(type, "it is not JSON: " + ex.getOriginalMessage(), ex);
		}
		JsonNode draft = tree.path("$schema");
		if (draft.isString() && !Schemas.isDraft(draft.stringValue())) {
			throw broken(type, "its $schema is " + draft.stringValue() + ", supported is " + Schemas.DRAFT, null);
		}
		List<Error> errors = this.draft.validate(tree);
		if (!errors.isEmpty()) {
			throw broken(type, Schemas.violations(errors, "").toString(), null);
		}
	}

	/**
	 * One value of each kind, so that references and patterns below {@code properties}
	 * and {@code items} are resolved too.
	 */
	private static List<JsonNode> probes() {
		JsonNodeFactory nodes = JsonNodeFactory.instance;
		List<JsonNode> probes = new ArrayList<>(List.of(nodes.nullNode(), nodes.booleanNode(true), nodes.numberNode(1),
				nodes.stringNode("a"), nodes.objectNode(), nodes.arrayNode()));
		probes.add(nodes.objectNode().set("a", nodes.arrayNode().add("a")));
		probes.add(nodes.arrayNode().add(nodes.objectNode()));
		return probes;
	}

	private static InvalidSchemaException broken(String type, String reason, @Nullable Throwable cause) {
		return new InvalidSchemaException("The schema of payload type '" + type + "' (af/schemas/" + type
				+ ".json) cannot be used: " + reason + ". Correct or remove it", cause);
	}

}
