package io.agentflow.messaging.codec;

import java.lang.reflect.Type;

import io.agentflow.messaging.AfMessage;
import tools.jackson.databind.JsonNode;

/**
 * Message to bytes and back, with every rule of the contract enforced both ways.
 * Implementations are thread-safe.
 */
public interface EnvelopeCodec {

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

}
