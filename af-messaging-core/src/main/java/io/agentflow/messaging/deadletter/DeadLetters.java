package io.agentflow.messaging.deadletter;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.publish.PublishReceipt;
import io.agentflow.messaging.publish.RawPublisher;

/**
 * Looks at the dead letters, sends them again, drops them. Thread-safe.
 */
public interface DeadLetters {

	/** Stream that keeps the dead letters. */
	String STREAM = "AF_DEAD_LETTERS";

	/**
	 * Creates the access to the dead letters of a broker.
	 * @param bus the connection
	 * @param publisher sends messages again
	 * @return the access
	 */
	static DeadLetters create(BusConnection bus, RawPublisher publisher) {
		return new StoredDeadLetters(bus, publisher);
	}

	/**
	 * Finds dead letters, oldest first, as they are when the search begins. Subject and
	 * sequence narrow on the server; the rest is compared here, so a narrow search of a
	 * large stream still reads its part of the stream.
	 * @param query which
	 * @return the dead letters, read as the stream is; close it, and bound it by
	 * {@link Stream#limit}
	 */
	Stream<DeadLetter> find(DeadLetterQuery query);

	/**
	 * Reads one.
	 * @param sequence its sequence among the dead letters
	 * @return the dead letter, or {@code null} if there is none of that sequence
	 */
	@Nullable DeadLetter get(long sequence);

	/**
	 * Sends one again to its original subject, for the consumer that gave up, with its
	 * attempts counted from 1, and drops it once the broker has stored it. Bytes, id and
	 * hash stay as they were.
	 * @param sequence its sequence among the dead letters
	 * @return where it is stored now
	 * @throws io.agentflow.messaging.AfMessagingException if there is none of that
	 * sequence, its body is gone, or it could not be published; it then stays
	 */
	PublishReceipt redrive(long sequence);

	/**
	 * Sends all again that a query finds. Stops at the first that cannot be sent.
	 * @param query which
	 * @return how many were sent
	 */
	long redriveAll(DeadLetterQuery query);

	/**
	 * Removes one for good.
	 * @param sequence its sequence among the dead letters
	 * @return whether there was one
	 */
	boolean drop(long sequence);

	/**
	 * Counts all.
	 * @return the number of dead letters
	 */
	long count();

}
