package io.agentflow.messaging.codec;

import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.agentflow.messaging.codec.InvalidMessageException.Reason;
import io.agentflow.messaging.codec.InvalidMessageException.Violation;

/**
 * The hash of a message: SHA-256 of the canonical bytes of its object without the member
 * {@code envelope_hash}. It proves that the content is what was hashed. It has no key, so
 * it does not prove who hashed it. Works on any object, whether or not it keeps the
 * envelope's other rules.
 */
public final class EnvelopeHash {

	/** Number of hexadecimal digits. */
	static final int DIGITS = 64;

	/** Name of the member that holds the hash. */
	static final String MEMBER = "envelope_hash";

	private EnvelopeHash() {
	}

	/**
	 * Computes the hash of an envelope.
	 * @param envelope the object; its {@code envelope_hash} does not count
	 * @param form the canonical form to hash
	 * @return 64 lower-case hex digits
	 * @throws InvalidMessageException if a value in it has no canonical form
	 */
	public static String of(ObjectNode envelope, CanonicalForm form) {
		return seal(envelope, form).envelopeHash();
	}

	/**
	 * Writes an envelope in canonical form with its hash in it.
	 * @param envelope the object; its {@code envelope_hash} does not count
	 * @param form the canonical form to write and hash
	 * @return the bytes and the hash
	 * @throws InvalidMessageException if a value in it has no canonical form
	 */
	public static EncodedMessage seal(ObjectNode envelope, CanonicalForm form) {
		CodecLimits limits = CodecLimits.defaults();
		try {
			SealedWriter writer = new SealedWriter(form, limits.maxDepth(), PayloadMapper.jackson3());
			writer.envelope(members(envelope));
			return writer.seal();
		}
		catch (UnwritableException ex) {
			List<Violation> violations = ContentRules.violations("", envelope, 0, limits.maxDepth());
			throw new InvalidMessageException(Reason.MALFORMED, violations, null, null);
		}
	}

	@SuppressWarnings("unchecked")
	private static Map.Entry<String, JsonNode>[] members(ObjectNode envelope) {
		return envelope.properties()
			.stream()
			.filter((member) -> !member.getKey().equals(MEMBER))
			.toArray(Map.Entry[]::new);
	}

}
