package io.agentflow.messaging.publish;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.nats.client.Message;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.codec.InvalidMessageException;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.observation.AuditLog;
import io.agentflow.messaging.stream.StreamTopology;

/**
 * Waits for the responses to requests. All of one publisher come to one subject of its
 * own, through the stream like every message, and are told apart by their correlation
 * ids.
 */
final class PendingRequests implements AutoCloseable {

	private final EnvelopeCodec codec;

	private final ReplyInbox inbox;

	private final Map<String, CompletableFuture<AfMessage<JsonNode>>> awaited = new ConcurrentHashMap<>();

	PendingRequests(BusConnection connection, EnvelopeCodec codec, StreamTopology topology) {
		this.codec = codec;
		this.inbox = new ReplyInbox(connection, topology, this::received);
	}

	<R> CompletableFuture<AfMessage<R>> request(AfMessage<?> message, Type responseType, Duration timeout,
			Function<AfMessage<?>, CompletableFuture<PublishReceipt>> publish) {
		String known = message.correlationId();
		String correlationId = (known != null) ? known : message.id();
		AfMessage<?> request = message.toBuilder().correlationId(correlationId).replyTo(this.inbox.subject()).build();
		CompletableFuture<AfMessage<JsonNode>> response = new CompletableFuture<>();
		if (this.awaited.putIfAbsent(correlationId, response) != null) {
			return CompletableFuture.failedFuture(new PublishRejectedException("Request " + message.id()
					+ " is not sent: a response of correlation id " + correlationId + " is awaited already", null));
		}
		open(timeout).thenCompose((ready) -> publish.apply(request)).whenComplete((receipt, failure) -> {
			if (failure != null) {
				response.completeExceptionally(Completions.causeOf(failure));
			}
		});
		return response.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
			.whenComplete((ignored, failure) -> this.awaited.remove(correlationId, response))
			.thenApply((received) -> convert(received, responseType));
	}

	@Override
	public void close() {
		this.inbox.close();
		PublishUnknownException closed = new PublishUnknownException(
				"The publisher was closed before the response came", null);
		this.awaited.values().forEach((response) -> response.completeExceptionally(closed));
	}

	/**
	 * Waits for the inbox on the caller's thread, where the trace to take part in is
	 * known; on a thread that completes others it must not wait.
	 */
	private CompletableFuture<Void> open(Duration timeout) {
		CompletableFuture<Void> opening = this.inbox.open();
		if (!InFlightLimit.isCompleting()) {
			// A copy, so that the limit ends this wait and not the inbox's own start.
			opening.copy().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).exceptionally((failure) -> null).join();
		}
		return opening;
	}

	private void received(Message message) {
		try {
			AfMessage<JsonNode> response = this.codec.decode(message.getData()).message();
			String correlationId = response.correlationId();
			CompletableFuture<AfMessage<JsonNode>> waiting = (correlationId != null) ? this.awaited.get(correlationId)
					: null;
			// One that nobody waits for has come too late, or for the second time.
			if (waiting != null) {
				InFlightLimit.completing(() -> waiting.complete(response));
			}
		}
		catch (InvalidMessageException ex) {
			AuditLog.refused(message, ex.reason(), ex.messageId(), ex.getMessage());
		}
	}

	@SuppressWarnings("unchecked") // the codec has converted the payload to this very
									// type
	private <R> AfMessage<R> convert(AfMessage<JsonNode> received, Type responseType) {
		return (AfMessage<R>) this.codec.convert(received, responseType);
	}

}
