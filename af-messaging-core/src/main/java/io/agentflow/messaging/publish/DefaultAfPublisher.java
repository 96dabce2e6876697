package io.agentflow.messaging.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.AfMessagingException;
import io.agentflow.messaging.codec.EncodedMessage;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.codec.InvalidMessageException;
import io.agentflow.messaging.codec.PayloadConversionException;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.observation.AfPublishContext;
import io.agentflow.messaging.observation.MessageMdc;
import io.agentflow.messaging.observation.MessageObservations;
import io.agentflow.messaging.observation.MessageObservations.Ongoing;
import io.agentflow.messaging.observation.MessageObservations.Scope;
import io.nats.client.impl.Headers;

/**
 * The way of a message out: observe, trace, encode, send, compare a duplicate, receipt.
 */
final class DefaultAfPublisher implements AfPublisher {

	private final BusConnection connection;

	private final EnvelopeCodec codec;

	private final JetStreamSender sender;

	private final MessageObservations observations;

	private final PendingRequests replies;

	private final Duration requestTimeout;

	private final MessageTracing tracing;

	private final DuplicateCheck duplicates;

	DefaultAfPublisher(BusConnection connection, EnvelopeCodec codec, JetStreamSender sender,
			MessageObservations observations, PendingRequests replies, Duration requestTimeout) {
		this.connection = connection;
		this.codec = codec;
		this.sender = sender;
		this.observations = observations;
		this.replies = replies;
		this.requestTimeout = requestTimeout;
		this.tracing = new MessageTracing(codec.canonicalForm());
		this.duplicates = new DuplicateCheck(connection, codec);
	}

	@Override
	public PublishReceipt publish(String subject, AfMessage<?> message) {
		return await(message.id(), publishAsync(subject, message));
	}

	@Override
	public CompletableFuture<PublishReceipt> publishAsync(String subject, AfMessage<?> message) {
		Headers headers = MessageTracing.contractHeaders();
		AfPublishContext context = new AfPublishContext(headers, subject, message);
		context.setServer(this.connection.status().server());
		Ongoing observation = this.observations.publish(context);
		CompletableFuture<PublishReceipt> result = new CompletableFuture<>();
		try (MessageMdc ids = MessageMdc.open(message); Scope scope = observation.openScope()) {
			AfMessage<?> traced = this.tracing.apply(message, headers);
			EncodedMessage encoded = this.codec.encode(traced);
			context.encoded(traced, encoded.envelopeHash(), encoded.bytes().length);
			this.sender.publish(subject, headers, encoded.bytes(), traced.id())
				.whenComplete((receipt, failure) -> answered(new Sent(traced, encoded, context, observation, result),
						receipt, failure));
		}
		catch (InvalidMessageException | PayloadConversionException ex) {
			end(observation, result, null, new PublishRejectedException(
					"Message " + message.id() + " to " + context.subject() + " is invalid: " + ex.getMessage(), ex));
		}
		catch (RuntimeException ex) {
			// From the application's payload or the codec: nothing was sent yet.
			end(observation, result, null, new PublishRejectedException(
					"Message " + message.id() + " to " + context.subject() + " cannot be written", ex));
		}
		return result;
	}

	@Override
	public List<PublishResult> publishAll(List<OutgoingMessage> messages) {
		List<CompletableFuture<PublishReceipt>> pending = new ArrayList<>(messages.size());
		messages.forEach((outgoing) -> pending.add(publishAsync(outgoing.subject(), outgoing.message())));
		List<PublishResult> results = new ArrayList<>(messages.size());
		for (int i = 0; i < messages.size(); i++) {
			String id = messages.get(i).message().id();
			try {
				results.add(new PublishResult.Stored(id, await(id, pending.get(i))));
			}
			catch (PublishRejectedException ex) {
				results.add(new PublishResult.Rejected(id, ex));
			}
			catch (PublishUnknownException ex) {
				results.add(new PublishResult.Unknown(id, ex));
			}
		}
		return results;
	}

	@Override
	public <R> CompletableFuture<AfMessage<R>> request(String subject, AfMessage<?> message,
			ParameterizedTypeReference<R> responseType) {
		return request(subject, message, responseType, this.requestTimeout);
	}

	@Override
	public <R> CompletableFuture<AfMessage<R>> request(String subject, AfMessage<?> message,
			ParameterizedTypeReference<R> responseType, Duration timeout) {
		return this.replies.request(message, responseType.getType(), timeout,
				(request) -> publishAsync(subject, request));
	}

	@Override
	public RawPublisher raw() {
		return this.sender;
	}

	@Override
	public PublishHealth health() {
		return this.sender.health();
	}

	@Override
	public void close() {
		this.replies.close();
		this.sender.close();
	}

	private void answered(Sent sent, @Nullable PublishReceipt receipt, @Nullable Throwable failure) {
		if (receipt == null) {
			end(sent.observation(), sent.result(), null, failure);
			return;
		}
		sent.context().stored(receipt.stream(), receipt.sequence());
		PublishReceipt full = new PublishReceipt(receipt.messageId(), sent.encoded().envelopeHash(), receipt.stream(),
				receipt.sequence(), receipt.duplicate());
		if (!receipt.duplicate()) {
			end(sent.observation(), sent.result(), full, null);
			return;
		}
		this.duplicates.isSame(full, sent.message(), sent.encoded())
			.thenAccept((same) -> InFlightLimit.completing(() -> end(sent.observation(), sent.result(),
					same ? full : null, same ? null : conflict(full, sent.context().subject()))));
	}

	private static PublishConflictException conflict(PublishReceipt receipt, String subject) {
		return new PublishConflictException(
				"Message " + receipt.messageId() + " to " + subject
						+ " is not stored: another message of the same id is, at sequence " + receipt.sequence()
						+ " of stream " + receipt.stream() + ". Give each message an id of its own",
				receipt.stream(), receipt.sequence());
	}

	private static void end(Ongoing observation, CompletableFuture<PublishReceipt> result,
			@Nullable PublishReceipt receipt, @Nullable Throwable failure) {
		if (failure != null) {
			observation.error(failure);
		}
		observation.stop();
		if (receipt != null) {
			result.complete(receipt);
		}
		else {
			result.completeExceptionally(
					(failure != null) ? failure : new AfMessagingException("A publish ended without an outcome"));
		}
	}

	private static PublishReceipt await(String messageId, CompletableFuture<PublishReceipt> pending) {
		if (!pending.isDone() && InFlightLimit.isCompleting()) {
			throw new IllegalStateException("Message " + messageId + " is being published, but its receipt cannot be "
					+ "awaited on a thread that delivers receipts. Use publishAsync in callbacks");
		}
		try {
			return pending.get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof AfMessagingException outcome) {
				throw outcome;
			}
			throw new PublishUnknownException("Message " + messageId + " may or may not be stored", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PublishUnknownException(
					"Message " + messageId + " may or may not be stored: the thread was interrupted", ex);
		}
	}

	private record Sent(AfMessage<?> message, EncodedMessage encoded, AfPublishContext context, Ongoing observation,
			CompletableFuture<PublishReceipt> result) {
	}

}
