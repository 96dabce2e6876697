package io.agentflow.messaging.connection;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How the connection is at one moment.
 *
 * @param state the state
 * @param server {@code host:port} of the connected server, never user information;
 * {@code null} if not connected
 * @param serverVersion version that the server told, or {@code null}
 * @param since when this state began
 * @param lastError what went wrong last, without secrets, or {@code null}
 * @param connects how often a connection was made, the first included
 */
public record BusStatus(State state, @Nullable String server, @Nullable String serverVersion, Instant since,
		@Nullable String lastError, long connects) {

	/**
	 * States of the connection.
	 */
	public enum State {

		/** No connection yet; trying. */
		CONNECTING,

		/** Up. */
		CONNECTED,

		/** Lost; trying again. */
		RECONNECTING,

		/** Closed by the application. */
		CLOSED

	}

	/**
	 * Tells whether the connection is up.
	 * @return {@code true} in state {@link State#CONNECTED}
	 */
	public boolean isConnected() {
		return this.state == State.CONNECTED;
	}

}
