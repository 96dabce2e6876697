package io.agentflow.messaging.test.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.PathType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The published schema of a log line, and the order of fields that it states.
 * Thread-safe.
 */
final class LogLineSchema {

	private static final String RESOURCE = "/io/agentflow/messaging/log-line-v1.schema.json";

	private static final String ORDER = "x-order";

	private final JsonNode document;

	private final Schema schema;

	private final List<String> first;

	private LogLineSchema(JsonNode document) {
		this.document = document;
		SchemaRegistryConfig config = SchemaRegistryConfig.builder()
			.formatAssertionsEnabled(true)
			.pathType(PathType.JSON_POINTER)
			.locale(Locale.ENGLISH)
			.build();
		Dialect dialect = Dialect.builder(Dialects.getDraft202012()).keyword(new NonValidationKeyword(ORDER)).build();
		this.schema = SchemaRegistry.withDialect(dialect, (builder) -> builder.schemaRegistryConfig(config))
			.getSchema(document);
		this.schema.initializeValidators();
		this.first = document.get(ORDER).get("first").valueStream().map(JsonNode::stringValue).toList();
	}

	static LogLineSchema load() {
		try (InputStream resource = LogLineSchema.class.getResourceAsStream(RESOURCE)) {
			if (resource == null) {
				throw new IllegalStateException("Resource " + RESOURCE + " of af-messaging-autoconfigure is missing");
			}
			return new LogLineSchema(JsonMapper.shared().readTree(resource));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the names that application code must not set.
	 * @return the reserved names
	 */
	Set<String> reservedNames() {
		return new LinkedHashSet<>(this.document.get("properties").propertyNames());
	}

	/**
	 * Lists what the schema has against a line.
	 * @param line the line
	 * @return each violation with its place; none if all is well
	 */
	List<String> violations(JsonNode line) {
		return this.schema.validate(line)
			.stream()
			.map((error) -> (error.getInstanceLocation() + ": " + error.getMessage()).replaceFirst("^/?: ", ""))
			.toList();
	}

	/**
	 * Compares two names by the place that the order gives them.
	 * @param left a field's name
	 * @param right another field's name
	 * @return negative if the left one comes first
	 */
	int compare(String left, String right) {
		int byRank = Integer.compare(rank(left), rank(right));
		return (byRank != 0) ? byRank : left.compareTo(right);
	}

	private int rank(String name) {
		int index = this.first.indexOf(name);
		return (index >= 0) ? index : this.first.size();
	}

}
