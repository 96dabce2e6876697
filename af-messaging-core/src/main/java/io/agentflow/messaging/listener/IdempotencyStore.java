package io.agentflow.messaging.listener;

import java.time.Duration;

import io.agentflow.messaging.connection.BusConnection;

/**
 * Remembers which messages a consumer has handled, so that one that is delivered again
 * does not run again. What it does not prevent: a process that dies between the end of
 * the handler and {@link #markHandled}. Implementations are thread-safe.
 */
public interface IdempotencyStore {

	/**
	 * Tells whether a message was handled.
	 * @param consumer the durable consumer
	 * @param messageId the message's id
	 * @return whether {@link #markHandled} was called for it, as far as is remembered
	 */
	boolean isHandled(String consumer, String messageId);

	/**
	 * Remembers that a message was handled.
	 * @param consumer the durable consumer
	 * @param messageId the message's id
	 */
	void markHandled(String consumer, String messageId);

	/**
	 * Remembers in a JetStream key-value bucket, shared by all instances. The bucket is
	 * made at first use if it is not there; it must outlive the longest time after which
	 * a message may come again.
	 * @param bus the connection
	 * @param settings name and limits of the bucket
	 * @return the store
	 */
	static IdempotencyStore keyValue(BusConnection bus, KeyValueSettings settings) {
		return new KeyValueIdempotencyStore(bus, settings);
	}

	/**
	 * A bucket. Immutable.
	 *
	 * @param bucket its name, of {@code [A-Za-z0-9_-]}
	 * @param timeToLive how long an id is remembered
	 * @param maxBytes largest size in bytes; ids cost about 150 each
	 * @param replicas number of replicas, 1 to 5
	 */
	record KeyValueSettings(String bucket, Duration timeToLive, long maxBytes, int replicas) {

		/**
		 * Bucket {@code AF_HANDLED}: 7 days, the age of {@code AF_MESSAGES}; 1 GB; one
		 * replica.
		 */
		public static final KeyValueSettings DEFAULT = new KeyValueSettings("AF_HANDLED", Duration.ofDays(7), 1L << 30,
				1);

	}

}
