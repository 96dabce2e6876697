package io.agentflow.messaging.test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamState;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.util.Assert;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.AfMessagingException;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.stream.StreamSpec;
import io.agentflow.messaging.stream.StreamTopology;

/**
 * Looks at what is stored on the broker, without a consumer. For streams of a test: it
 * asks for each message by itself. Thread-safe.
 */
public final class PublishedMessages {

	/** The server's word for a message that was removed. */
	private static final int NO_MESSAGE = 10037;

	private final BusConnection connection;

	private final EnvelopeCodec codec;

	private final StreamTopology topology;

	private final Duration patience;

	private PublishedMessages(BusConnection connection, EnvelopeCodec codec, StreamTopology topology,
			Duration patience) {
		this.connection = connection;
		this.codec = codec;
		this.topology = topology;
		this.patience = patience;
	}

	/**
	 * Looks over a connection.
	 * @param connection the connection
	 * @param codec verifies what is there
	 * @param topology the streams to look in
	 * @return a view that waits 10 s for what is to come
	 */
	public static PublishedMessages of(BusConnection connection, EnvelopeCodec codec, StreamTopology topology) {
		return new PublishedMessages(connection, codec, topology, Duration.ofSeconds(10));
	}

	/**
	 * Returns the same view with another patience.
	 * @param longest how long to wait for messages
	 * @return the view
	 */
	public PublishedMessages withPatience(Duration longest) {
		return new PublishedMessages(this.connection, this.codec, this.topology, longest);
	}

	/**
	 * Finds what is there now.
	 * @param filter a subject, or a filter
	 * @return the messages in the stream's order, each verified
	 * @throws io.agentflow.messaging.codec.InvalidMessageException if one breaks the
	 * contract
	 */
	public List<AfMessage<JsonNode>> find(String filter) {
		StreamSpec stream = this.topology.streamFor(filter);
		Assert.notNull(stream, () -> "No stream keeps " + filter);
		List<AfMessage<JsonNode>> found = new ArrayList<>();
		try {
			JetStreamManagement management = this.connection.current().jetStreamManagement();
			StreamState state = management.getStreamInfo(stream.name()).getStreamState();
			for (long sequence = Math.max(1, state.getFirstSequence()); sequence <= state
				.getLastSequence(); sequence++) {
				MessageInfo info = get(management, stream.name(), sequence);
				if (info != null && Subjects.covers(filter, info.getSubject())) {
					found.add(this.codec.decode(info.getData()).message());
				}
			}
			return found;
		}
		catch (IOException | JetStreamApiException ex) {
			throw new AfMessagingException("Stream " + stream.name() + " could not be read", ex);
		}
	}

	/**
	 * Waits until there are so many.
	 * @param filter a subject, or a filter
	 * @param count how many at least
	 * @return the messages in the stream's order, each verified
	 * @throws org.awaitility.core.ConditionTimeoutException if they do not come in time
	 */
	public List<AfMessage<JsonNode>> await(String filter, int count) {
		return Awaitility.await(count + " messages on " + filter)
			.atMost(this.patience)
			.until(() -> find(filter), (found) -> found.size() >= count);
	}

	private static @Nullable MessageInfo get(JetStreamManagement management, String stream, long sequence)
			throws IOException, JetStreamApiException {
		try {
			return management.getMessage(stream, sequence);
		}
		catch (JetStreamApiException ex) {
			if (ex.getApiErrorCode() == NO_MESSAGE) {
				return null;
			}
			throw ex;
		}
	}

}
