package io.agentflow.messaging.deadletter;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;

import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.publish.Completions;
import io.agentflow.messaging.publish.PublishReceipt;
import io.agentflow.messaging.publish.PublishRejectedException;
import io.agentflow.messaging.publish.RawPublisher;

/**
 * Publishes dead letters and waits for the broker's word. An original that leaves no room
 * for its reasons is kept without its body, rather than not at all.
 */
final class StreamDeadLetterWriter implements DeadLetterWriter {

	private final RawPublisher publisher;

	StreamDeadLetterWriter(RawPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public CompletableFuture<PublishReceipt> write(GivenUp givenUp) {
		Message original = givenUp.message();
		Headers headers = DeadLetterFormat.write(givenUp, Instant.now());
		String id = deduplicationId(original.metaData());
		String subject = Subjects.DEAD_LETTER_PREFIX + original.getSubject();
		return this.publisher.publish(subject, headers, original.getData(), id).exceptionallyCompose((failure) -> {
			if (Completions.causeOf(failure) instanceof PublishRejectedException rejected && !rejected.isRetryable()
					&& original.getData().length > 0) {
				headers.put(DeadLetterHeaders.BODY, "omitted");
				return this.publisher.publish(subject, headers, new byte[0], id);
			}
			return CompletableFuture.failedFuture(Completions.causeOf(failure));
		});
	}

	/**
	 * The same for each try to keep one delivery, and other than any message's own id.
	 */
	private static String deduplicationId(NatsJetStreamMetaData meta) {
		return "dead:" + meta.getStream() + ":" + meta.streamSequence() + ":" + meta.getConsumer();
	}

}
