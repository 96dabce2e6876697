package io.agentflow.messaging.connection;

import io.nats.client.Connection;

/**
 * The connection to the broker, for as long as the application runs. jnats reconnects by
 * itself but gives a connection up for good after some faults (the same authorisation
 * error twice); this one then builds a new one and tells its listeners. Thread-safe.
 */
public interface BusConnection extends AutoCloseable {

	/**
	 * Returns the jnats connection of the moment. It may be reconnecting; hold it no
	 * longer than for one operation, as it may be replaced.
	 * @return the connection
	 * @throws NotConnectedException if there has been none yet, or this was closed
	 */
	Connection current();

	/**
	 * Tells how the connection is.
	 * @return a snapshot
	 */
	BusStatus status();

	/**
	 * Adds a listener. If a connection is up already, it is told of that at once, on the
	 * calling thread.
	 * @param listener the listener
	 */
	void addListener(BusListener listener);

	/**
	 * Removes a listener.
	 * @param listener the listener
	 */
	void removeListener(BusListener listener);

	/**
	 * Sends what is buffered and closes for good.
	 */
	@Override
	void close();

}
