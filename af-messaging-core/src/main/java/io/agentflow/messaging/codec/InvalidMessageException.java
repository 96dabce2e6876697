package io.agentflow.messaging.codec;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessagingException;

/**
 * A message breaks the contract. Trying again does not help: the same bytes, or the same
 * object, will be refused again.
 */
public class InvalidMessageException extends AfMessagingException {

	private static final long serialVersionUID = 1L;

	/**
	 * Which rule family was broken.
	 */
	public enum Reason {

		/** Not one strict UTF-8 JSON text within the limits. */
		MALFORMED,

		/** JSON, but against the envelope's or the payload's schema. */
		SCHEMA,

		/** The hash is missing, or does not match the content. */
		HASH,

		/** Larger than the limit. */
		TOO_LARGE

	}

	/**
	 * One broken rule.
	 *
	 * @param path where, as a JSON Pointer (RFC 6901); empty for the whole message
	 * @param found what is there, in words or shortened; never a payload's content
	 * @param allowed what would be allowed
	 */
	public record Violation(String path, String found, String allowed) {

		@Override
		public String toString() {
			return (this.path.isEmpty() ? "message" : this.path) + ": found " + this.found + ", allowed is "
					+ this.allowed;
		}

	}

	private final Reason reason;

	private final transient List<Violation> violations;

	private final @Nullable String messageId;

	/**
	 * Creates the exception.
	 * @param reason which rule family was broken
	 * @param violations every broken rule that could be found, at least one
	 * @param messageId id of the message as far as it could be read, or {@code null}
	 * @param cause what found it, or {@code null}
	 */
	public InvalidMessageException(Reason reason, List<Violation> violations, @Nullable String messageId,
			@Nullable Throwable cause) {
		super(reason + ((messageId != null) ? " in message " + messageId : "") + ": "
				+ violations.stream().map(Violation::toString).collect(Collectors.joining("; ")), cause);
		this.reason = reason;
		this.violations = List.copyOf(violations);
		this.messageId = messageId;
	}

	/**
	 * Tells which rule family was broken.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * Lists every broken rule that was found.
	 * @return at least one; empty only after Java deserialisation
	 */
	public List<Violation> violations() {
		return (this.violations != null) ? this.violations : List.of();
	}

	/**
	 * Returns the id of the message as far as it could be read.
	 * @return the id, unverified, or {@code null}
	 */
	public @Nullable String messageId() {
		return this.messageId;
	}

}
