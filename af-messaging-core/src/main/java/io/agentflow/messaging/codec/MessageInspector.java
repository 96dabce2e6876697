package io.agentflow.messaging.codec;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.agentflow.messaging.codec.InvalidMessageException.Violation;

/**
 * Looks at one message as it was received and tells all that can be told about it,
 * without ever refusing it. Thread-safe.
 */
public final class MessageInspector {

	private static final JsonMapper PRETTY = JsonMapper.builder().build();

	private final PayloadSchemas schemas;

	private MessageInspector(PayloadSchemas schemas) {
		this.schemas = schemas;
	}

	/**
	 * Creates an inspector.
	 * @param schemas schemas of payloads to hold messages to
	 * @return the inspector
	 */
	public static MessageInspector create(PayloadSchemas schemas) {
		return new MessageInspector(schemas);
	}

	/**
	 * What was found.
	 *
	 * @param pretty the message indented, or {@code null} if it is not strict JSON
	 * @param statedHash the hash that it says it has, or {@code null}
	 * @param matches what that is the hash of; empty if of nothing, or if there is none
	 * @param canonicalHashes the hash that the content has in each form; empty if it has
	 * no canonical form
	 * @param violations every broken rule; none for a valid message
	 */
	public record Inspection(@Nullable String pretty, @Nullable String statedHash, List<HashStatus> matches,
			Map<CanonicalForm, String> canonicalHashes, List<Violation> violations) {

		/**
		 * Tells whether a codec with default settings would take the message.
		 * @return {@code true} if no rule is broken
		 */
		public boolean isValid() {
			return this.violations.isEmpty();
		}

	}

	/**
	 * Inspects a message.
	 * @param bytes the message as it was received
	 * @return what was found
	 */
	public Inspection inspect(byte[] bytes) {
		List<Violation> violations = new ArrayList<>();
		addRefusal(bytes, violations);
		JsonNode tree = tree(bytes);
		if (!(tree instanceof ObjectNode envelope)) {
			String pretty = (tree != null) ? tree.toPrettyString() : null;
			return new Inspection(pretty, null, List.of(), Map.of(), List.copyOf(violations));
		}
		Map<CanonicalForm, String> hashes = hashes(envelope);
		String stated = envelope.path(EnvelopeHash.MEMBER).stringValue(null);
		return new Inspection(PRETTY.writerWithDefaultPrettyPrinter().writeValueAsString(envelope), stated,
				matches(bytes, stated, hashes), hashes, List.copyOf(violations));
	}

	private void addRefusal(byte[] bytes, List<Violation> violations) {
		try {
			codec().decode(bytes);
		}
		catch (InvalidMessageException ex) {
			violations.addAll(ex.violations());
		}
	}

	private EnvelopeCodec codec() {
		return EnvelopeCodec.builder().payloadSchemas(this.schemas).maxBytes(() -> Integer.MAX_VALUE).build();
	}

	private static @Nullable JsonNode tree(byte[] bytes) {
		try {
			return StrictReader.tree(bytes, CodecLimits.defaults());
		}
		catch (InvalidMessageException ex) {
			return null;
		}
	}

	private static Map<CanonicalForm, String> hashes(ObjectNode envelope) {
		Map<CanonicalForm, String> hashes = new EnumMap<>(CanonicalForm.class);
		try {
			for (CanonicalForm form : CanonicalForm.values()) {
				hashes.put(form, EnvelopeHash.of(envelope, form));
			}
		}
		catch (InvalidMessageException ex) {
			hashes.clear();
		}
		return hashes;
	}

	private static List<HashStatus> matches(byte[] bytes, @Nullable String stated, Map<CanonicalForm, String> hashes) {
		List<HashStatus> matches = new ArrayList<>();
		if (stated == null) {
			return matches;
		}
		if (HashCheck.isHashOfReceived(bytes, stated)) {
			matches.add(HashStatus.RECEIVED_BYTES);
		}
		if (stated.equals(hashes.get(CanonicalForm.JCS))) {
			matches.add(HashStatus.JCS);
		}
		if (stated.equals(hashes.get(CanonicalForm.AGENTFLOW_GO))) {
			matches.add(HashStatus.AGENTFLOW_GO);
		}
		return matches;
	}

}
