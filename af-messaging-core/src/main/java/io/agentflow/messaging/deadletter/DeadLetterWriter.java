package io.agentflow.messaging.deadletter;

import java.util.concurrent.CompletableFuture;

import io.agentflow.messaging.publish.PublishReceipt;
import io.agentflow.messaging.publish.RawPublisher;

/**
 * Keeps what listeners give up. Thread-safe.
 */
@FunctionalInterface
public interface DeadLetterWriter {

	/**
	 * Stores a dead letter. Writing the same delivery again, after a crash between this
	 * and its acknowledgement, stores it once (within the stream's duplicate window).
	 * @param givenUp the delivery
	 * @return completes when the broker has stored it; with an exception if it may not
	 * have: the original must then not be acknowledged
	 */
	CompletableFuture<PublishReceipt> write(GivenUp givenUp);

	/**
	 * Writes to the stream of the dead letters.
	 * @param publisher sends them
	 * @return the writer
	 */
	static DeadLetterWriter to(RawPublisher publisher) {
		return new StreamDeadLetterWriter(publisher);
	}

}
