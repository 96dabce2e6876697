package io.agentflow.messaging.codec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.agentflow.messaging.codec.InvalidMessageException.Reason;
import io.agentflow.messaging.codec.InvalidMessageException.Violation;

/**
 * Compares the hash of a received message with what it should be the hash of.
 */
final class HashCheck {

	private static final String PATH = "/" + EnvelopeHash.MEMBER;

	private final Verification verification;

	private final boolean required;

	HashCheck(CodecSettings settings) {
		this.verification = settings.verification();
		this.required = settings.requireHash();
	}

	/**
	 * Verifies a message.
	 * @param bytes the received bytes
	 * @param envelope what was read from them
	 * @param id the message's id
	 * @param tree reads them as a tree, asked only if they are not what was hashed
	 * @return what the hash is the hash of
	 * @throws InvalidMessageException if it is the hash of something else, or missing
	 */
	HashStatus check(byte[] bytes, ReceivedEnvelope envelope, String id, Supplier<JsonNode> tree) {
		String stated = envelope.envelopeHash();
		if (stated == null) {
			if (!this.required) {
				return HashStatus.ABSENT;
			}
			throw refusal("no hash", "the SHA-256 of the canonical form (af.message.require-hash=false lets it miss)",
					id);
		}
		if (this.verification == Verification.BYTES && matchesBytes(bytes, envelope, stated)) {
			return HashStatus.RECEIVED_BYTES;
		}
		HashStatus status = canonical(tree.get(), stated);
		if (status == null) {
			throw refusal("a hash that is not that of the content", "the SHA-256 of the canonical form", id);
		}
		return status;
	}

	/**
	 * Tells whether a hash is that of the received bytes without it.
	 * @param bytes strict JSON, an object
	 * @param stated what its {@code envelope_hash} holds
	 */
	static boolean isHashOfReceived(byte[] bytes, String stated) {
		return matchesBytes(bytes, ReceivedEnvelope.read(bytes, CodecLimits.defaults()), stated);
	}

	private static boolean matchesBytes(byte[] bytes, ReceivedEnvelope envelope, String stated) {
		HashMember member = envelope.hashMember(bytes);
		return Hex.isOf(Sha256.of(bytes, bytes.length, member.from(), member.to()), stated);
	}

	/**
	 * Looks for the canonical form that a hash is the hash of.
	 * @param stated its hexadecimal digits
	 * @return the form, or {@code null} if it is of none
	 */
	static @Nullable HashStatus canonical(JsonNode envelope, String stated) {
		if (matches(envelope, CanonicalForm.JCS, stated)) {
			return HashStatus.JCS;
		}
		return matches(envelope, CanonicalForm.AGENTFLOW_GO, stated) ? HashStatus.AGENTFLOW_GO : null;
	}

	private static boolean matches(JsonNode envelope, CanonicalForm form, String stated) {
		try {
			return envelope instanceof ObjectNode object
					&& MessageDigest.isEqual(EnvelopeHash.of(object, form).getBytes(StandardCharsets.ISO_8859_1),
							stated.getBytes(StandardCharsets.ISO_8859_1));
		}
		catch (InvalidMessageException ex) {
			// An integer that was received exactly, but has no canonical form.
			return false;
		}
	}

	private static InvalidMessageException refusal(String found, String allowed, String id) {
		return new InvalidMessageException(Reason.HASH, List.of(new Violation(PATH, found, allowed)), id, null);
	}

}
