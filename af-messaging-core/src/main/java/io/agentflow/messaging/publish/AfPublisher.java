package io.agentflow.messaging.publish;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.springframework.core.ParameterizedTypeReference;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;

/**
 * Publishes messages to the streams of the backbone. Each call ends in one of three ways:
 * stored (a receipt), {@link PublishRejectedException} (certainly not stored) or
 * {@link PublishUnknownException} (may be stored). Thread-safe.
 */
public interface AfPublisher extends AutoCloseable {

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
	 * Publishes many at a time and waits for all of them. One that fails does not hold up
	 * the others.
	 * @param messages what to publish and where to; each in order of the list, as long as
	 * none has to be tried again
	 * @return how each has ended, in the order of the list
	 */
	List<PublishResult> publishAll(List<OutgoingMessage> messages);

	/**
	 * Publishes a request and waits for its response as long as this publisher is set to
	 * ({@link AfPublisherBuilder#requestTimeout}).
	 * @param <R> type of the response's payload
	 * @param subject where to
	 * @param message the request; {@code reply_to} and {@code correlation_id} are set
	 * @param responseType type of the response's payload
	 * @return as that of the other method
	 */
	<R> CompletableFuture<AfMessage<R>> request(String subject, AfMessage<?> message,
			ParameterizedTypeReference<R> responseType);

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

	/**
	 * Returns the way for bytes that are a message already.
	 * @return shares this publisher's bounds, timer and health
	 */
	RawPublisher raw();

	/**
	 * Tells how publishing goes.
	 * @return a snapshot
	 */
	PublishHealth health();

	/**
	 * Waits a moment for what is in flight, then ends what is left as rejected or
	 * unknown. The connection stays open.
	 */
	@Override
	void close();

	/**
	 * Starts a publisher.
	 * @param connection connection to publish over
	 * @param codec writes the messages
	 * @return a builder
	 */
	static AfPublisherBuilder builder(BusConnection connection, EnvelopeCodec codec) {
		return new AfPublisherBuilder(connection, codec);
	}

}
