package io.agentflow.messaging.replay;

import java.util.stream.Stream;

import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.listener.AfMessageHandler;
import io.agentflow.messaging.observation.MessageObservations;
import io.agentflow.messaging.stream.StreamTopology;

/**
 * Reads history again: in stream order, each message verified, up to the last message
 * that was there when the replay began. Durable consumers are not touched, and nothing is
 * left on the server. Thread-safe.
 */
public interface AfReplay {

	/**
	 * Creates the access to the history of a broker.
	 * @param bus the connection
	 * @param codec verifies messages
	 * @param topology the streams that subjects are looked up in
	 * @return the access
	 */
	static AfReplay create(BusConnection bus, EnvelopeCodec codec, StreamTopology topology) {
		return create(bus, codec, topology, MessageObservations.NONE);
	}

	/**
	 * Creates the access to the history of a broker, with an observation for each message
	 * that is handed to a handler.
	 * @param bus the connection
	 * @param codec verifies messages
	 * @param topology the streams that subjects are looked up in
	 * @param observations how handling is observed
	 * @return the access
	 */
	static AfReplay create(BusConnection bus, EnvelopeCodec codec, StreamTopology topology,
			MessageObservations observations) {
		return new StreamReplay(bus, codec, topology, observations);
	}

	/**
	 * Reads as a stream, a bounded number of messages ahead.
	 * @param request which part
	 * @return the messages, those that break the contract with the reason; close it
	 * @throws IllegalArgumentException if no one stream keeps the subjects
	 */
	Stream<ReplayedMessage> stream(ReplayRequest request);

	/**
	 * Hands each valid message to a handler, on the calling thread. A handler that throws
	 * does not end the replay; what it returns is dropped.
	 * @param request which part
	 * @param handler the handler
	 * @return how it went
	 * @throws IllegalArgumentException if no one stream keeps the subjects
	 */
	ReplayResult replay(ReplayRequest request, AfMessageHandler handler);

	/**
	 * Hands each valid message to a listener of this application, as a delivery marked
	 * {@link io.agentflow.messaging.Delivery#replayed()}. Responses are not published and
	 * nothing is acknowledged or tried again.
	 * @param request which part
	 * @param registry the listeners
	 * @param listenerId the listener's id
	 * @return how it went
	 */
	ReplayResult replayTo(ReplayRequest request, AfListenerRegistry registry, String listenerId);

}
