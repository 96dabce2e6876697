package io.agentflow.messaging.codec;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.codec.InvalidMessageException.Violation;

/**
 * How JSON Schemas are read and asked: draft 2020-12, formats asserted, references inside
 * the same schema only, whatever they name.
 */
final class Schemas {

	/** The one supported draft. */
	static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

	private static final String DRAFTS = "https://json-schema.org/draft/2020-12/";

	private static final String ROOT = "af:/schemas/";

	private Schemas() {
	}

	/**
	 * Says where a payload's schema lies, for those that refer to it.
	 */
	static String location(String payloadType) {
		return ROOT + payloadType + ".json";
	}

	static boolean isDraft(String id) {
		return id.equals(DRAFT) || id.equals(DRAFT + "#");
	}

	/**
	 * Makes a registry that knows these schemas and the draft's own, which the validator
	 * brings along, and fetches nothing from anywhere.
	 * @param schemas texts by location
	 */
	static SchemaRegistry registry(Map<String, String> schemas) {
		SchemaRegistryConfig config = SchemaRegistryConfig.builder()
			.formatAssertionsEnabled(true)
			.pathType(PathType.JSON_POINTER)
			.locale(Locale.ENGLISH)
			.preloadSchema(true)
			.regularExpressionFactory(LinearRegex::new)
			.build();
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
				(builder) -> builder.schemaRegistryConfig(config)
					.schemas(schemas)
					.schemaLoader((loader) -> loader.block((iri) -> isElsewhere(iri.toString()))));
	}

	private static boolean isElsewhere(String location) {
		return !location.startsWith(ROOT) && !location.startsWith(DRAFTS);
	}

	/**
	 * Asks a schema.
	 * @param schema the schema
	 * @param value the value
	 * @param root where the value is in the message, as a JSON Pointer
	 * @return every violation, none if all is well
	 */
	static List<Violation> violations(Schema schema, JsonNode value, String root) {
		try {
			return violations(schema.validate(value), root);
		}
		catch (RuntimeException | StackOverflowError ex) {
			// Such as an integer beyond a long, which the validator fails to compare with
			// a minimum. What cannot be judged is not let pass.
			return List.of(new Violation(root,
					"a value that the schema's validator fails on (" + ex.getClass().getSimpleName() + ")",
					"a value that it can judge"));
		}
	}

	/**
	 * Turns a validator's findings into violations.
	 * @param errors the findings
	 * @param root where the validated value is in the message, as a JSON Pointer
	 */
	static List<Violation> violations(List<Error> errors, String root) {
		return errors.stream()
			.map((error) -> new Violation(root + error.getInstanceLocation(), describe(error.getInstanceNode()),
					error.getMessage()))
			.toList();
	}

	/**
	 * Describes a value without its content.
	 */
	private static String describe(JsonNode node) {
		return switch (node.getNodeType()) {
			case STRING -> "a text of " + node.stringValue().length() + " characters";
			case ARRAY -> "an array of " + node.size();
			case OBJECT -> "an object of " + node.size() + " members";
			case NULL -> "null";
			case BOOLEAN -> "a boolean";
			case NUMBER -> node.isIntegralNumber() ? "an integer" : "a number";
			default -> "nothing";
		};
	}

}
