package io.agentflow.messaging.publish;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.springframework.core.ParameterizedTypeReference;

import io.agentflow.messaging.AfMessage;

/**
 * Publishes messages to the streams of the backbone. Each call ends in one of three ways:
 * stored (a receipt), {@link PublishRejectedException} (certainly not stored) or
 * {@link PublishUnknownException} (may be stored). Thread-safe.
 */
public interface AfPublisher {

	/**
	 * Publishes and waits until the broker has stored the message.
	 * @param subject where to; tokens of {@code [A-Za-z0-9_-]}
	 * @param message the message; its trace ids are set from the current trace
	 * @return what the broker said
	 * @throws PublishRejectedException if it is certainly not stored
	 * @throws PublishUnknownException if it may be stored
	 */
	PublishReceipt publish(String subject, AfMessage<?> message);

	/**
	 * Publishes without waiting. Blocks only while the bounded number of publishes in
	 * flight is reached.
	 * @param subject where to
	 * @param message the message
	 * @return completes with what the broker said, or with one of the two exceptions; its
	 * callbacks run on a thread of the client and must not block
	 */
	CompletableFuture<PublishReceipt> publishAsync(String subject, AfMessage<?> message);

	/**
	 * Publishes a request and waits for its response, which comes through a stream too.
	 * @param <R> type of the response's payload
	 * @param subject where to
	 * @param message the request; {@code reply_to} and {@code correlation_id} are set
	 * @param responseType type of the response's payload
	 * @param timeout how long to wait for the response
	 * @return completes with the response; with
	 * {@link java.util.concurrent.TimeoutException} if none came in time; with one of the
	 * publish exceptions if the request failed
	 */
	<R> CompletableFuture<AfMessage<R>> request(String subject, AfMessage<?> message,
			ParameterizedTypeReference<R> responseType, Duration timeout);

}
