package io.agentflow.messaging.deadletter;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;

/**
 * A message that is given up, as its stream keeps it.
 *
 * @param subject subject that it was published to
 * @param headers its headers, or {@code null}; not changed
 * @param data its bytes; not changed
 * @param stream stream that keeps it
 * @param sequence its sequence there
 * @param storedAt when it was stored; with the sequence it tells messages apart also
 * where the stream was deleted and made anew
 */
public record Original(String subject, @Nullable Headers headers, byte[] data, String stream, long sequence,
		Instant storedAt) {

	/**
	 * What a consumer has delivered.
	 * @param message the delivery
	 * @return the message
	 */
	public static Original of(Message message) {
		NatsJetStreamMetaData meta = message.metaData();
		return new Original(message.getSubject(), message.getHeaders(), message.getData(), meta.getStream(),
				meta.streamSequence(), meta.timestamp().toInstant());
	}

	/**
	 * What was read out of a stream by its sequence.
	 * @param stream the stream
	 * @param message the message
	 * @return the message
	 */
	static Original of(String stream, MessageInfo message) {
		byte[] data = message.getData();
		return new Original(Objects.requireNonNull(message.getSubject()), message.getHeaders(),
				(data != null) ? data : new byte[0], stream, message.getSeq(),
				Objects.requireNonNull(message.getTime()).toInstant());
	}

	/**
	 * Names the message without its content, so that it may be logged.
	 */
	@Override
	public String toString() {
		return this.stream + "/" + this.sequence + " (" + this.subject + ")";
	}

}
