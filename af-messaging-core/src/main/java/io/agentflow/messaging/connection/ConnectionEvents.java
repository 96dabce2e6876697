package io.agentflow.messaging.connection;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamSubscription;
import io.nats.client.support.Status;

/**
 * Hears what one connection of the client says, and passes on what matters.
 */
final class ConnectionEvents implements ConnectionListener, ErrorListener {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionEvents.class);

	private final DefaultBusConnection bus;

	private volatile @Nullable Exception lastException;

	private volatile @Nullable String lastServerError;

	ConnectionEvents(DefaultBusConnection bus) {
		this.bus = bus;
	}

	/**
	 * Returns the deepest reason that is known for a failed attempt to connect: what the
	 * client throws itself names the servers only.
	 */
	@Nullable Exception lastException() {
		return this.lastException;
	}

	@Nullable String lastServerError() {
		return this.lastServerError;
	}

	@Override
	public void connectionEvent(Connection connection, Events event) {
		switch (event) {
			case DISCONNECTED -> this.bus.lost(connection, reason(), false);
			case CLOSED -> this.bus.lost(connection, reason(), true);
			case RESUBSCRIBED -> this.bus.restored(connection);
			case LAME_DUCK -> logger.info("Server {} is about to shut down; the client moves on by itself",
					BusUrls.hostAndPort(connection.getConnectedUrl()));
			case DISCOVERED_SERVERS -> logger.info("Servers of the cluster are now {}",
					connection.getServers().stream().map(BusUrls::hostAndPort).sorted().toList());
			default -> logger.debug("Connection event {}", event);
		}
	}

	@Override
	public void errorOccurred(Connection connection, String error) {
		this.lastServerError = error;
		logger.warn("Server {} says: {}", BusUrls.hostAndPort(connection.getConnectedUrl()),
				ConnectFailure.safe(error));
		this.bus.serverError(connection, error);
	}

	@Override
	public void exceptionOccurred(Connection connection, Exception exception) {
		this.lastException = exception;
		logger.debug("Client exception", exception);
	}

	@Override
	public void slowConsumerDetected(Connection connection, Consumer consumer) {
		logger.warn("The client's queue of a subscription is full and messages are dropped; they come again");
	}

	@Override
	public void heartbeatAlarm(Connection connection, JetStreamSubscription subscription, long lastStreamSequence,
			long lastConsumerSequence) {
		this.bus.tell((listener) -> listener.heartbeatMissed(subscription));
	}

	@Override
	public void unhandledStatus(Connection connection, JetStreamSubscription subscription, Status status) {
		this.bus.tell((listener) -> listener.pullFailed(subscription, status));
	}

	@Override
	public void pullStatusError(Connection connection, JetStreamSubscription subscription, Status status) {
		this.bus.tell((listener) -> listener.pullFailed(subscription, status));
	}

	@Override
	public void pullStatusWarning(Connection connection, JetStreamSubscription subscription, Status status) {
		logger.debug("Pull warning: {}", status);
	}

	private @Nullable String reason() {
		Exception exception = this.lastException;
		String error = this.lastServerError;
		return (exception != null) ? ConnectFailure.describe(exception) : Objects.toString(error, null);
	}

}
