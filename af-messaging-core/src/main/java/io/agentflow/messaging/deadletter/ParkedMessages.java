package io.agentflow.messaging.deadletter;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.stream.StreamSpec;

/**
 * A net below the listeners. A message that reaches the {@code max_deliver} of its
 * consumer is delivered no more, pending for nobody, and in no log: it is parked. The
 * listeners' own consumers have no such limit, but an operator may give them one, and
 * consumers that are not ours may have one. The broker tells of each such message once; a
 * stream keeps those notices, and whichever instance of whichever application is up
 * writes the message to the dead letters, with reason
 * {@link io.agentflow.messaging.failure.FailureReason#MAX_DELIVERIES}.
 * <p>
 * Where the stream of notices is not there and may not be made, nothing is watched: the
 * status says so, and nothing else suffers. Thread-safe.
 */
public interface ParkedMessages extends SmartLifecycle, AutoCloseable {

	/** Name of the durable consumer of the notices, shared by all applications. */
	String DURABLE = "af_parked";

	/**
	 * Creates the net; it is not started.
	 * @param bus the connection
	 * @param net what to watch, and who is told
	 * @param codec reads the ids of parked messages
	 * @param writer keeps them
	 * @return the net
	 */
	static ParkedMessages create(BusConnection bus, Net net, EnvelopeCodec codec, DeadLetterWriter writer) {
		return new AdvisoryWatch(bus, net, codec, writer);
	}

	/**
	 * Tells how it is.
	 * @return a snapshot
	 */
	Status status();

	/**
	 * Stops for good.
	 */
	@Override
	void close();

	/**
	 * What is watched. Immutable.
	 *
	 * @param advisories the stream of notices, as by
	 * {@link io.agentflow.messaging.stream.StreamTopology#advisories()}
	 * @param mode whether stream and consumer may be made; with
	 * {@link ProvisioningMode#VALIDATE} and {@link ProvisioningMode#NONE} they are used
	 * if they are there
	 * @param kept is told of each message that was kept; what it throws is logged
	 */
	record Net(StreamSpec advisories, ProvisioningMode mode, Consumer<GivenUp> kept) {
	}

	/**
	 * How the net is at one moment.
	 *
	 * @param state its state
	 * @param kept messages kept by this instance since it started
	 * @param waiting messages that this instance could not write to the dead letters
	 * lately; they are tried again
	 * @param lastError what went wrong last, without content, or {@code null}
	 */
	record Status(State state, long kept, int waiting, @Nullable String lastError) {

		/**
		 * Tells whether all is well: also where nothing is watched.
		 * @return {@code false} while parked messages cannot be written to the dead
		 * letters
		 */
		public boolean isHealthy() {
			return this.waiting == 0;
		}

	}

	/**
	 * States of the net.
	 */
	enum State {

		/** Not started, or stopped. */
		STOPPED,

		/** Watching. */
		WATCHING,

		/**
		 * Not watching: no connection, or no stream of notices, or no permission; tried
		 * again.
		 */
		UNAVAILABLE

	}

}
