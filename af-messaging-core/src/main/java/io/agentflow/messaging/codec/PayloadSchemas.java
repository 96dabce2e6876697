package io.agentflow.messaging.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.networknt.schema.Schema;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

import io.agentflow.messaging.codec.InvalidMessageException.Violation;

/**
 * JSON Schemas of payloads (draft 2020-12, formats asserted), by the name that a message
 * gives in {@code metadata.payload_type}. All are read and checked when they are loaded:
 * one that is broken is an exception then, not at the first message. A {@code $ref} may
 * point into the same schema or to a sibling by its file name; nothing is ever fetched
 * from elsewhere. Patterns run in time linear to the text (RE2), so that no payload can
 * stall its handler; look-around and back references are not available. Thread-safe.
 */
public final class PayloadSchemas {

	/** Where schemas lie on the class path. */
	public static final String LOCATION = "classpath*:af/schemas/*.json";

	private static final PayloadSchemas NONE = new PayloadSchemas(Map.of());

	private final Map<String, Schema> schemas;

	private PayloadSchemas(Map<String, Schema> schemas) {
		this.schemas = schemas;
	}

	/**
	 * Returns no schemas.
	 * @return an empty set, by which every payload passes
	 */
	public static PayloadSchemas none() {
		return NONE;
	}

	/**
	 * Loads the schemas at {@link #LOCATION}.
	 * @param classLoader looks for them
	 * @return the schemas
	 * @throws InvalidSchemaException if one cannot be used
	 */
	public static PayloadSchemas load(ClassLoader classLoader) {
		return load(new PathMatchingResourcePatternResolver(classLoader), LOCATION);
	}

	/**
	 * Loads schemas from a location.
	 * @param resolver looks for them
	 * @param location a resource pattern; a file {@code <payload type>.json} each
	 * @return the schemas
	 * @throws InvalidSchemaException if one cannot be used
	 */
	public static PayloadSchemas load(ResourcePatternResolver resolver, String location) {
		try {
			Map<String, String> texts = new TreeMap<>();
			for (Resource resource : resolver.getResources(location)) {
				String text = resource.getContentAsString(StandardCharsets.UTF_8);
				String type = type(resource);
				String earlier = texts.put(type, text);
				if (earlier != null && !earlier.equals(text)) {
					throw new InvalidSchemaException("There are two different schemas for payload type '" + type
							+ "', one of them " + resource.getDescription() + ". Keep one", null);
				}
			}
			return of(texts);
		}
		catch (IOException ex) {
			throw new InvalidSchemaException("Payload schemas at " + location + " cannot be read", ex);
		}
	}

	/**
	 * Takes schemas at hand.
	 * @param texts JSON Schemas by payload type
	 * @return the schemas
	 * @throws InvalidSchemaException if one cannot be used
	 */
	public static PayloadSchemas of(Map<String, String> texts) {
		return texts.isEmpty() ? NONE : new PayloadSchemas(new SchemaLoading(texts).load());
	}

	private static String type(Resource resource) {
		String file = String.valueOf(resource.getFilename());
		return file.substring(0, Math.max(0, file.length() - ".json".length()));
	}

	/**
	 * Returns the payload types that have a schema.
	 * @return their names, sorted
	 */
	public Set<String> types() {
		return this.schemas.keySet();
	}

	/**
	 * Checks a payload.
	 * @param payloadType its type
	 * @param payload the payload
	 * @return every violation, paths beginning with {@code /payload}; none if all is well
	 * or the type has no schema
	 */
	List<Violation> violations(String payloadType, JsonNode payload) {
		Schema schema = this.schemas.get(payloadType);
		return (schema != null) ? Schemas.violations(schema, payload, "/payload") : List.of();
	}

}
