package io.agentflow.messaging.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.Nats;

/**
 * Tries until there is a connection. The client's own loop is not used for the first one:
 * it tells nobody about its attempts, and ends for good on the second authorisation
 * error.
 */
final class Connector {

	static final int WITHOUT_END = Integer.MAX_VALUE;

	/** A refusal is not cured by waiting; one retry allows for a server that reloads. */
	private static final int MAX_REFUSALS = 2;

	private static final String OLDEST_SAFE_VERSION = "2.12.7";

	private static final Logger logger = LoggerFactory.getLogger(Connector.class);

	private final ConnectionSettings settings;

	private final DefaultBusConnection bus;

	private final CountDownLatch closed;

	private final String servers;

	Connector(ConnectionSettings settings, DefaultBusConnection bus, CountDownLatch closed) {
		this.settings = settings;
		this.bus = bus;
		this.closed = closed;
		this.servers = String.join(", ", settings.hosts());
	}

	/**
	 * Connects, and hands the connection over.
	 * @throws NotConnectedException if all attempts have failed, or the bus was closed
	 */
	void connect(int maxRetries) {
		int refusals = 0;
		for (int attempt = 1;; attempt++) {
			Exception failure = attempt();
			if (failure == null) {
				return;
			}
			String reason = ConnectFailure.describe(failure);
			this.bus.failed(reason);
			refusals = ConnectFailure.isRefusal(failure) ? refusals + 1 : 0;
			boolean refused = maxRetries != WITHOUT_END && refusals >= MAX_REFUSALS;
			if (attempt > maxRetries || refused) {
				throw giveUp(attempt, reason, failure);
			}
			Duration delay = this.settings.reconnect().delay(attempt);
			logger.warn("Cannot connect to {} (attempt {}{}): {}. Trying again in {} ms", this.servers, attempt,
					(maxRetries != WITHOUT_END) ? " of " + (maxRetries + 1) : "", reason, delay.toMillis());
			await(delay);
		}
	}

	private @Nullable Exception attempt() {
		ConnectionEvents events = new ConnectionEvents(this.bus);
		try {
			Connection connection = Nats.connect(ConnectionOptions.build(this.settings, events));
			warnIfOld(connection);
			this.bus.adopt(connection);
			return null;
		}
		catch (AuthenticationException ex) {
			return ex;
		}
		catch (IOException ex) {
			Exception deeper = events.lastException();
			return refusalBehind((deeper != null) ? deeper : ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new NotConnectedException("Interrupted while connecting to " + this.servers, ex);
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	private Exception refusalBehind(Exception failure) {
		SSLException refusal = ConnectFailure.isRefusal(failure) ? null : TlsProbe.diagnose(this.settings);
		return (refusal != null) ? refusal : failure;
	}

	private void await(Duration delay) {
		try {
			if (this.closed.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
				throw new NotConnectedException("Closed while connecting to " + this.servers, null);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new NotConnectedException("Interrupted while connecting to " + this.servers, ex);
		}
	}

	private NotConnectedException giveUp(int attempts, String reason, Exception failure) {
		String advice = ConnectFailure.isRefusal(failure) ? "Correct the credentials or certificates of one of the two"
				: "Start nats-server with JetStream there, or correct the URL";
		return new NotConnectedException("Cannot connect to " + this.servers + " after " + attempts
				+ ((attempts == 1) ? " attempt: " : " attempts: ") + reason + ". " + advice, failure);
	}

	private void warnIfOld(Connection connection) {
		if (!connection.getServerInfo().isSameOrNewerThanVersion(OLDEST_SAFE_VERSION)) {
			logger.warn("nats-server {} has known security faults; use {} or newer",
					connection.getServerInfo().getVersion(), OLDEST_SAFE_VERSION);
		}
	}

}
