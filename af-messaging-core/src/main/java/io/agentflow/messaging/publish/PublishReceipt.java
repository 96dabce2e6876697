package io.agentflow.messaging.publish;

/**
 * The broker's word that a message is stored.
 *
 * @param messageId the message's id
 * @param envelopeHash the hash of what was published; a duplicate that was stored before
 * in another span has another, as the hash covers the trace ids
 * @param stream stream that keeps it
 * @param sequence its sequence there, from 1
 * @param duplicate whether it was stored before, by an earlier publish of the same id
 */
public record PublishReceipt(String messageId, String envelopeHash, String stream, long sequence, boolean duplicate) {
}
