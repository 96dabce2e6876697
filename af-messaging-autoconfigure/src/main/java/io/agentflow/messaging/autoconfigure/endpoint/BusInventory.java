package io.agentflow.messaging.autoconfigure.endpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;

import io.agentflow.messaging.AfMessagingException;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.stream.StreamSpec;
import io.agentflow.messaging.stream.StreamTopology;

/**
 * Asks the broker for the streams and their consumers. Thread-safe.
 */
final class BusInventory {

	/** The server's word for a stream that is not there. */
	private static final int STREAM_NOT_FOUND = 10059;

	private final BusConnection connection;

	private final StreamTopology topology;

	BusInventory(BusConnection connection, StreamTopology topology) {
		this.connection = connection;
		this.topology = topology;
	}

	List<StreamView> streams() {
		List<StreamView> views = new ArrayList<>();
		forEachStream((management, stream) -> views.add(StreamView.of(management.getStreamInfo(stream))));
		return views;
	}

	List<ConsumerView> consumers() {
		List<ConsumerView> views = new ArrayList<>();
		forEachStream((management, stream) -> {
			for (ConsumerInfo consumer : management.getConsumers(stream)) {
				if (consumer.getConsumerConfiguration().getDurable() != null) {
					views.add(ConsumerView.of(consumer));
				}
			}
		});
		return views;
	}

	private void forEachStream(Question question) {
		try {
			JetStreamManagement management = this.connection.current().jetStreamManagement();
			for (StreamSpec stream : this.topology.streams()) {
				askUnlessMissing(question, management, stream.name());
			}
		}
		catch (IOException | JetStreamApiException ex) {
			throw new AfMessagingException("The broker does not tell about its streams", ex);
		}
	}

	private static void askUnlessMissing(Question question, JetStreamManagement management, String stream)
			throws IOException, JetStreamApiException {
		try {
			question.ask(management, stream);
		}
		catch (JetStreamApiException ex) {
			if (ex.getApiErrorCode() != STREAM_NOT_FOUND) {
				throw ex;
			}
		}
	}

	/**
	 * A question about one stream.
	 */
	@FunctionalInterface
	private interface Question {

		void ask(JetStreamManagement management, String stream) throws IOException, JetStreamApiException;

	}

	/**
	 * A stream at one moment.
	 *
	 * @param name its name
	 * @param subjects its subject filters
	 * @param messages messages in it
	 * @param bytes bytes in it
	 * @param firstSequence sequence of its oldest message
	 * @param lastSequence sequence of its newest message
	 * @param consumers consumers of all kinds
	 */
	record StreamView(String name, List<String> subjects, long messages, long bytes, long firstSequence,
			long lastSequence, long consumers) {

		static StreamView of(StreamInfo info) {
			return new StreamView(info.getConfiguration().getName(), info.getConfiguration().getSubjects(),
					info.getStreamState().getMsgCount(), info.getStreamState().getByteCount(),
					info.getStreamState().getFirstSequence(), info.getStreamState().getLastSequence(),
					info.getStreamState().getConsumerCount());
		}

	}

	/**
	 * A durable consumer at one moment.
	 *
	 * @param stream its stream
	 * @param name its name
	 * @param lag messages not delivered yet
	 * @param ackPending messages delivered and not settled
	 * @param redelivered messages among those that were delivered before
	 * @param waiting pulls that wait for messages
	 */
	record ConsumerView(String stream, String name, long lag, long ackPending, long redelivered, long waiting) {

		static ConsumerView of(ConsumerInfo info) {
			return new ConsumerView(info.getStreamName(), info.getName(), info.getNumPending(), info.getNumAckPending(),
					info.getRedelivered(), info.getNumWaiting());
		}

	}

}
