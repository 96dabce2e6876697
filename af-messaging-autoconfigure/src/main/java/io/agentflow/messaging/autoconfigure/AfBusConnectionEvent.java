package io.agentflow.messaging.autoconfigure;

import io.agentflow.messaging.connection.BusStatus;

/**
 * Application event: the connection to the bus has changed. Published on a thread of its
 * own, in the order in which things happened.
 *
 * @param type what happened
 * @param status how the connection was right after
 */
public record AfBusConnectionEvent(Type type, BusStatus status) {

	/**
	 * What happened to the connection.
	 */
	public enum Type {

		/** The first connection, or one made in place of one that was given up. */
		CONNECTED,

		/** Up again; subscriptions live on. */
		RECONNECTED,

		/** Lost; being tried again. */
		DISCONNECTED

	}

}
