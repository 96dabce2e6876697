package io.agentflow.messaging.deadletter;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import io.nats.client.impl.Headers;

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

	/** For originals on subjects that cannot be part of another. A header has it. */
	private static final String UNUSABLE_SUBJECT = Subjects.DEAD_LETTER_PREFIX + "unusable-subject";

	private final RawPublisher publisher;

	StreamDeadLetterWriter(RawPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public CompletableFuture<PublishReceipt> write(GivenUp givenUp) {
		Original original = givenUp.original();
		Headers headers = DeadLetterFormat.write(givenUp, Instant.now());
		String id = deduplicationId(original, givenUp.consumer());
		String subject = subjectFor(original.subject());
		return this.publisher.publish(subject, headers, original.data(), id).exceptionallyCompose((failure) -> {
			if (Completions.causeOf(failure) instanceof PublishRejectedException rejected && !rejected.isRetryable()
					&& original.data().length > 0) {
				headers.put(DeadLetterHeaders.BODY, "omitted");
				return this.publisher.publish(subject, headers, new byte[0], id);
			}
			return CompletableFuture.failedFuture(Completions.causeOf(failure));
		});
	}

	/**
	 * The same for each try to keep one message, and other than any message's own id. The
	 * time tells messages apart that have one sequence: a stream that is deleted and made
	 * anew counts from 1 again.
	 */
	private static String deduplicationId(Original original, String consumer) {
		Instant stored = original.storedAt();
		return "dead:" + original.stream() + ":" + original.sequence() + ":"
				+ URLEncoder.encode(consumer, StandardCharsets.UTF_8) + ":" + stored.getEpochSecond() + "."
				+ stored.getNano();
	}

	/**
	 * Where a dead letter goes. Clients other than ours publish to subjects that ours
	 * refuses; such a message must not stay in the way because it cannot be given up.
	 */
	private static String subjectFor(String original) {
		try {
			return Subjects.deadLetter(original);
		}
		catch (IllegalArgumentException ex) {
			return UNUSABLE_SUBJECT;
		}
	}

}
