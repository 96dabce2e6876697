package io.agentflow.messaging.codec;

/**
 * A message as it goes over the wire.
 *
 * @param bytes canonical JSON with the hash in it; not copied, must not be changed
 * @param envelopeHash the hash, 64 lower-case hex digits
 */
public record EncodedMessage(byte[] bytes, String envelopeHash) {
}
