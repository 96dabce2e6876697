package io.agentflow.messaging.publish;

import java.util.concurrent.CompletableFuture;

import io.nats.client.impl.Headers;

/**
 * Publishes bytes as they are, with the retries, the deadline and the outcomes of
 * {@link AfPublisher}: for dead letters and what is sent again. Nothing is observed,
 * encoded or compared. Thread-safe.
 */
@FunctionalInterface
public interface RawPublisher {

	/**
	 * Publishes. Blocks only while the bounded number of publishes in flight is reached,
	 * and never on a thread that completes other publishes.
	 * @param subject where to; any subject that one message can be published to
	 * @param headers headers; {@code Nats-Msg-Id} is set in them; not to be changed until
	 * completion
	 * @param data the bytes; not to be changed until completion
	 * @param messageId id by which the broker drops duplicates
	 * @return completes with a receipt whose hash is empty, or with
	 * {@link PublishRejectedException} or {@link PublishUnknownException}; callbacks run
	 * on a thread of the client and must not block
	 */
	CompletableFuture<PublishReceipt> publish(String subject, Headers headers, byte[] data, String messageId);

}
