package io.agentflow.messaging.listener;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import com.github.f4b6a3.ulid.Ulid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.MessageType;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.failure.PermanentFailureException;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.publish.Completions;
import io.agentflow.messaging.publish.PublishConflictException;
import io.agentflow.messaging.publish.PublishReceipt;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Publishes what handlers return.
 */
final class Replies {

	private static final Logger logger = LoggerFactory.getLogger(Replies.class);

	private final AfPublisher publisher;

	private final String durable;

	private volatile boolean warned;

	Replies(AfPublisher publisher, String durable) {
		this.publisher = publisher;
		this.durable = durable;
	}

	/**
	 * Publishes the response to a request.
	 * @return completes when the broker has stored it; {@code null} if there is nothing
	 * to publish
	 */
	@Nullable CompletableFuture<?> publish(AfMessage<?> request, @Nullable Object result) {
		if (result == null) {
			return null;
		}
		if (request.type() != MessageType.REQUEST) {
			warnOnce(request);
			return null;
		}
		AfMessage<?> response = (result instanceof AfMessage<?> whole) ? whole
				: request.reply().id(idFor(request)).payload(result).build();
		return this.publisher.publishAsync(subjectFor(request), response)
			.handle((receipt, failure) -> storedBefore(receipt, failure));
	}

	/**
	 * A request that is handled again is answered under the same id. If the first answer
	 * is stored, the requester has it, and another must not follow.
	 */
	private static @Nullable PublishReceipt storedBefore(@Nullable PublishReceipt receipt,
			@Nullable Throwable failure) {
		Throwable cause = (failure != null) ? Completions.causeOf(failure) : null;
		if (cause == null || cause instanceof PublishConflictException) {
			return receipt;
		}
		throw new CompletionException(cause);
	}

	private static String subjectFor(AfMessage<?> request) {
		String replyTo = request.replyTo();
		try {
			return (replyTo != null) ? Subjects.requirePublishable(replyTo) : Subjects.agentIn(request.from());
		}
		catch (IllegalArgumentException ex) {
			throw new PermanentFailureException("The response to " + request + " has nowhere to go: "
					+ ((replyTo != null) ? "metadata.reply_to" : "from, which gives agents.<from>.in,")
					+ " is not usable. " + ex.getMessage(), ex);
		}
	}

	/**
	 * The request's time, and bits that depend on the request and the consumer only.
	 */
	private String idFor(AfMessage<?> request) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(this.durable.getBytes(UTF_8));
			digest.update((byte) 0);
			ByteBuffer bits = ByteBuffer.wrap(digest.digest(request.id().getBytes(UTF_8)));
			long time = request.ts().toEpochMilli() & 0xFFFFFFFFFFFFL;
			return new Ulid((time << 16) | (bits.getShort() & 0xFFFFL), bits.getLong()).toString();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private void warnOnce(AfMessage<?> message) {
		if (!this.warned) {
			this.warned = true;
			logger.warn(
					"The handler of consumer {} returned a value for {}, which is no request; such values are dropped",
					this.durable, message);
		}
	}

}
