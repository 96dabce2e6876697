package io.agentflow.messaging.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import com.networknt.schema.Schema;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.codec.InvalidMessageException.Violation;

/**
 * The envelope's JSON Schema. Too slow to decide about each message, it explains what the
 * fast check has refused: every violation, not only the first.
 */
final class EnvelopeSchema {

	/** The schema, a resource beside the root package. */
	static final String RESOURCE = "/io/agentflow/messaging/envelope-v1.schema.json";

	private static final Schema SCHEMA = load();

	private EnvelopeSchema() {
	}

	static List<Violation> violations(JsonNode envelope) {
		return Schemas.violations(SCHEMA, envelope, "");
	}

	private static Schema load() {
		try (InputStream resource = EnvelopeSchema.class.getResourceAsStream(RESOURCE)) {
			if (resource == null) {
				throw new IllegalStateException("Resource " + RESOURCE + " is missing from the jar");
			}
			return Schemas.registry(Map.of()).getSchema(resource);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
