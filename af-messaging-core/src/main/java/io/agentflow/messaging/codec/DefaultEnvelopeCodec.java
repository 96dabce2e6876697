package io.agentflow.messaging.codec;

import java.lang.reflect.Type;

import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.AfMessage;

/**
 * The codec: an encoder, a decoder, and the payload mapper.
 */
final class DefaultEnvelopeCodec implements EnvelopeCodec {

	private final CodecSettings settings;

	private final MessageEncoder encoder;

	private final MessageDecoder decoder;

	DefaultEnvelopeCodec(CodecSettings settings) {
		this.settings = settings;
		this.encoder = new MessageEncoder(settings);
		this.decoder = new MessageDecoder(settings);
	}

	@Override
	public EncodedMessage encode(AfMessage<?> message) {
		return this.encoder.encode(message);
	}

	@Override
	public DecodedMessage decode(byte[] bytes) {
		return this.decoder.decode(bytes);
	}

	@Override
	public AfMessage<?> convert(AfMessage<JsonNode> message, Type payloadType) {
		JsonNode payload = message.payload();
		return message.withPayload((payload != null) ? this.settings.mapper().fromTree(payload, payloadType) : null);
	}

	@Override
	public CanonicalForm canonicalForm() {
		return this.settings.form();
	}

}
