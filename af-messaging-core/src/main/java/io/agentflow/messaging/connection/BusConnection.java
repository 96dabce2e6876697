package io.agentflow.messaging.connection;

import java.util.List;

import io.nats.client.Connection;

/**
 * The connection to the broker, for as long as the application runs. jnats reconnects by
 * itself but gives a connection up for good after some faults (the same authorisation
 * error twice); this one then builds a new one and tells its listeners. Thread-safe.
 */
public interface BusConnection extends AutoCloseable {

	/**
	 * Connects as the settings say. With {@link StartupPolicy#BACKGROUND} this returns at
	 * once, whether or not there is a server.
	 * @param settings where to and how
	 * @param listeners are told of everything from the first connection on
	 * @return the connection
	 * @throws NotConnectedException with {@link StartupPolicy#FAIL}, if no server can be
	 * reached or all refuse us
	 */
	static BusConnection connect(ConnectionSettings settings, BusListener... listeners) {
		DefaultBusConnection connection = new DefaultBusConnection(settings, List.of(listeners));
		connection.start();
		return connection;
	}

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
	 * Drops the connection and makes it again at once, with the certificates that there
	 * are now; subscriptions live on. Does not wait for the new connection. Does nothing
	 * while there is no connection: each attempt to make one uses the certificates of its
	 * time.
	 */
	void reconnect();

	/**
	 * Sends what is buffered and closes for good.
	 */
	@Override
	void close();

}
