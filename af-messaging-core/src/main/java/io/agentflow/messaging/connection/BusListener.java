package io.agentflow.messaging.connection;

import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.support.Status;

/**
 * Is told what happens on the connection. Calls come one at a time from a thread of the
 * client: return at once, and never publish or request from here. What a listener throws
 * is logged and hurts nobody else.
 */
public interface BusListener {

	/**
	 * A connection is up that was not there before: the first one, or one built in place
	 * of a connection that was closed for good. Subscriptions of the former are gone.
	 * @param connection the new connection
	 */
	default void connected(Connection connection) {
	}

	/**
	 * The connection is up again; its subscriptions live on.
	 * @param connection the connection
	 */
	default void reconnected(Connection connection) {
	}

	/**
	 * The connection is lost; it is being tried again.
	 * @param connection the connection
	 */
	default void disconnected(Connection connection) {
	}

	/**
	 * The server has reported an error that belongs to no request, for instance a
	 * permission that is missing.
	 * @param connection the connection
	 * @param error what the server said; may name a subject, holds no secret
	 */
	default void serverError(Connection connection, String error) {
	}

	/**
	 * A pull of a consumer has failed, for instance because the consumer was deleted
	 * (status 409).
	 * @param subscription the consumer's subscription
	 * @param status what the server said
	 */
	default void pullFailed(JetStreamSubscription subscription, Status status) {
	}

	/**
	 * The server has been silent on a consumer for longer than its heartbeat allows.
	 * @param subscription the consumer's subscription
	 */
	default void heartbeatMissed(JetStreamSubscription subscription) {
	}

}
