package io.agentflow.messaging.listener;

import java.io.IOException;
import java.time.Instant;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessagingException;
import io.agentflow.messaging.connection.BusConnection;

/**
 * Handled ids as keys {@code <consumer>.<id>} of a bucket.
 */
final class KeyValueIdempotencyStore implements IdempotencyStore {

	private final BusConnection bus;

	private final KeyValueSettings settings;

	private volatile @Nullable Bound bound;

	KeyValueIdempotencyStore(BusConnection bus, KeyValueSettings settings) {
		this.bus = bus;
		this.settings = settings;
	}

	@Override
	public boolean isHandled(String consumer, String messageId) {
		try {
			return bucket().get(key(consumer, messageId)) != null;
		}
		catch (IOException | JetStreamApiException ex) {
			throw failed("read", ex);
		}
	}

	@Override
	public void markHandled(String consumer, String messageId) {
		try {
			bucket().put(key(consumer, messageId), Instant.now().toString());
		}
		catch (IOException | JetStreamApiException ex) {
			throw failed("write", ex);
		}
	}

	/**
	 * Ids that passed the codec are ULIDs, and consumers are subject tokens: no escaping.
	 */
	private static String key(String consumer, String messageId) {
		return consumer + "." + messageId;
	}

	private KeyValue bucket() throws IOException, JetStreamApiException {
		Connection current = this.bus.current();
		Bound known = this.bound;
		if (known == null || known.connection() != current) {
			known = new Bound(current, bind(current));
			this.bound = known;
		}
		return known.bucket();
	}

	private KeyValue bind(Connection connection) throws IOException, JetStreamApiException {
		if (!connection.keyValueManagement().getBucketNames().contains(this.settings.bucket())) {
			// The same configuration again is no error, so instances may race here.
			connection.keyValueManagement()
				.create(KeyValueConfiguration.builder()
					.name(this.settings.bucket())
					.ttl(this.settings.timeToLive())
					.maxBucketSize(this.settings.maxBytes())
					.replicas(this.settings.replicas())
					.storageType(StorageType.File)
					.build());
		}
		return connection.keyValue(this.settings.bucket());
	}

	private AfMessagingException failed(String what, Exception cause) {
		return new AfMessagingException("Cannot " + what + " handled ids in key-value bucket " + this.settings.bucket()
				+ ": " + cause.getMessage(), cause);
	}

	/**
	 * The bucket of one connection.
	 *
	 * @param connection the connection
	 * @param bucket the bucket
	 */
	private record Bound(Connection connection, KeyValue bucket) {
	}

}
