package io.agentflow.messaging.codec;

import java.lang.reflect.Type;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.AfMessage;

/**
 * Message to bytes and back, with every rule of the contract enforced both ways.
 * Implementations are thread-safe.
 */
public interface EnvelopeCodec {

	/**
	 * Starts a codec.
	 * @return a builder with the contract's defaults
	 */
	static Builder builder() {
		return new Builder();
	}

	/**
	 * Writes a message in canonical form, with its hash.
	 * @param message the message; a hash that it holds already is ignored
	 * @return the bytes and the hash
	 * @throws InvalidMessageException if it breaks the contract or its payload's schema
	 * @throws PayloadConversionException if its payload cannot be written as JSON
	 */
	EncodedMessage encode(AfMessage<?> message);

	/**
	 * Reads and verifies a message.
	 * @param bytes the received bytes; not changed
	 * @return the message, its payload still a tree, and what its hash proved
	 * @throws InvalidMessageException if it breaks the contract or its payload's schema
	 */
	DecodedMessage decode(byte[] bytes);

	/**
	 * Turns the payload's tree into an object.
	 * @param message a decoded message
	 * @param payloadType the type wanted, with its type arguments
	 * @return the same message with that payload
	 * @throws PayloadConversionException if the payload does not fit the type
	 */
	AfMessage<?> convert(AfMessage<JsonNode> message, Type payloadType);

	/**
	 * Tells in which form this codec writes. With {@link CanonicalForm#AGENTFLOW_GO} a
	 * publisher also puts {@code trace.traceparent} into the metadata, where the Go
	 * implementation looks for it.
	 * @return the form
	 */
	CanonicalForm canonicalForm();

	/**
	 * Collects the settings of a codec. Not thread-safe.
	 */
	final class Builder {

		private PayloadMapper mapper = PayloadMapper.jackson3();

		private CanonicalForm form = CanonicalForm.JCS;

		private Verification verification = Verification.BYTES;

		private boolean requireHash = true;

		private CodecLimits limits = CodecLimits.defaults();

		private @Nullable IntSupplier maxBytes;

		private PayloadSchemas schemas = PayloadSchemas.none();

		private Builder() {
		}

		/**
		 * Sets what turns payloads into trees and back; {@link PayloadMapper#jackson3()}
		 * by default.
		 * @param mapper the mapper
		 * @return this
		 */
		public Builder payloadMapper(PayloadMapper mapper) {
			this.mapper = mapper;
			return this;
		}

		/**
		 * Sets the form to write in; {@link CanonicalForm#JCS} by default. Either is
		 * read.
		 * @param form the form
		 * @return this
		 */
		public Builder canonicalForm(CanonicalForm form) {
			this.form = form;
			return this;
		}

		/**
		 * Sets what a received hash must match; {@link Verification#BYTES} by default.
		 * @param verification the rule
		 * @return this
		 */
		public Builder verification(Verification verification) {
			this.verification = verification;
			return this;
		}

		/**
		 * Sets whether a received message without a hash is refused, as it is by default.
		 * @param required whether a hash is required
		 * @return this
		 */
		public Builder requireHash(boolean required) {
			this.requireHash = required;
			return this;
		}

		/**
		 * Sets the sizes allowed; {@link CodecLimits#defaults()} by default.
		 * @param limits the limits
		 * @return this
		 */
		public Builder limits(CodecLimits limits) {
			this.limits = limits;
			return this;
		}

		/**
		 * Lets the longest message follow something that changes, such as the server's
		 * {@code max_payload}, in place of {@link CodecLimits#maxBytes()}.
		 * @param maxBytes asked for each message, from any thread
		 * @return this
		 */
		public Builder maxBytes(IntSupplier maxBytes) {
			this.maxBytes = maxBytes;
			return this;
		}

		/**
		 * Sets the schemas that payloads must meet, written and read; none by default.
		 * @param schemas the schemas
		 * @return this
		 */
		public Builder payloadSchemas(PayloadSchemas schemas) {
			this.schemas = schemas;
			return this;
		}

		/**
		 * Makes the codec.
		 * @return the codec
		 */
		public EnvelopeCodec build() {
			int fixed = this.limits.maxBytes();
			IntSupplier longest = (this.maxBytes != null) ? this.maxBytes : () -> fixed;
			return new DefaultEnvelopeCodec(new CodecSettings(this.mapper, this.form, this.verification,
					this.requireHash, this.limits, longest, this.schemas));
		}

	}

}
