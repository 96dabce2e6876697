package io.agentflow.messaging.connection;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.connection.BusStatus.State;
import io.nats.client.Connection;

/**
 * Keeps one connection of the client and replaces it when the client has given it up. All
 * changes of state, and all calls of listeners, happen under one lock, so that listeners
 * hear events one at a time and in order.
 */
final class DefaultBusConnection implements BusConnection {

	private static final Logger logger = LoggerFactory.getLogger(DefaultBusConnection.class);

	private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(2);

	private final ConnectionSettings settings;

	private final Connector connector;

	private final List<BusListener> listeners;

	private final ReentrantLock lock = new ReentrantLock();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final AtomicBoolean connecting = new AtomicBoolean();

	private volatile @Nullable Connection connection;

	private volatile BusStatus status = new BusStatus(State.CONNECTING, null, null, Instant.now(), null, 0);

	DefaultBusConnection(ConnectionSettings settings, List<BusListener> listeners) {
		this.settings = settings;
		this.listeners = new CopyOnWriteArrayList<>(listeners);
		this.connector = new Connector(settings, this, this.closed);
	}

	/**
	 * Makes the first connection as the start-up policy says.
	 */
	void start() {
		if (this.settings.startup() == StartupPolicy.BACKGROUND) {
			connectInBackground();
			return;
		}
		try {
			this.connector.connect(this.settings.reconnect().maxAttempts());
		}
		catch (NotConnectedException ex) {
			close();
			throw ex;
		}
	}

	@Override
	public Connection current() {
		Connection current = this.connection;
		BusStatus now = this.status;
		if (current == null || now.state() == State.CLOSED) {
			throw new NotConnectedException(
					(now.state() == State.CLOSED) ? "The connection to the broker was closed by this application"
							: "There is no connection to " + String.join(", ", this.settings.hosts()) + " yet"
									+ ((now.lastError() != null) ? ": " + now.lastError() : ""),
					null);
		}
		return current;
	}

	@Override
	public BusStatus status() {
		return this.status;
	}

	@Override
	public void addListener(BusListener listener) {
		this.lock.lock();
		try {
			this.listeners.add(listener);
			Connection current = this.connection;
			if (current != null && this.status.state() != State.CLOSED) {
				tellOne(listener, (one) -> one.connected(current));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void removeListener(BusListener listener) {
		this.listeners.remove(listener);
	}

	@Override
	public void reconnect() {
		Connection current = this.connection;
		if (current == null || this.status.state() != State.CONNECTED) {
			return;
		}
		logger.info("Dropping the connection to {} to make it anew", this.status.server());
		// The client comes back only when it is connected again, which may be never.
		daemon("af-bus-reconnect", () -> forceReconnect(current)).start();
	}

	private static void forceReconnect(Connection current) {
		try {
			current.forceReconnect();
		}
		catch (IOException ex) {
			logger.warn("The connection could not be dropped: {}", ConnectFailure.describe(ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		Connection last;
		this.lock.lock();
		try {
			if (this.status.state() == State.CLOSED) {
				return;
			}
			change(State.CLOSED, null);
			this.closed.countDown();
			last = this.connection;
		}
		finally {
			this.lock.unlock();
		}
		if (last != null) {
			closeQuietly(last);
		}
	}

	/**
	 * Takes a new connection into use.
	 */
	void adopt(Connection fresh) {
		this.lock.lock();
		try {
			if (this.status.state() != State.CLOSED) {
				this.connection = fresh;
				change(State.CONNECTED, null);
				logger.info("Connected to {} (nats-server {})", this.status.server(), this.status.serverVersion());
				tell((listener) -> listener.connected(fresh));
				// Events that came before this line were not about the current
				// connection.
				switch (fresh.getStatus()) {
					case CONNECTED -> logger.debug("The connection has stayed up meanwhile");
					case CLOSED -> lost(fresh, null, true);
					default -> lost(fresh, null, false);
				}
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		closeQuietly(fresh);
	}

	/**
	 * Notes why the latest attempt has failed.
	 */
	void failed(String reason) {
		this.lock.lock();
		try {
			if (this.status.state() != State.CLOSED) {
				change(this.status.state(), reason);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void lost(Connection which, @Nullable String reason, boolean forGood) {
		this.lock.lock();
		try {
			if (which != this.connection || this.status.state() == State.CLOSED) {
				return;
			}
			if (this.status.state() == State.CONNECTED) {
				logger.warn("Connection to {} lost{}", this.status.server(), (reason != null) ? ": " + reason : "");
				change(State.RECONNECTING, reason);
				tell((listener) -> listener.disconnected(which));
			}
			if (forGood) {
				logger.warn("The client has given the connection up{}; building a new one",
						(reason != null) ? " (" + reason + ")" : "");
				change(State.RECONNECTING, reason);
				connectInBackground();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void restored(Connection which) {
		this.lock.lock();
		try {
			if (which == this.connection && this.status.state() == State.RECONNECTING) {
				change(State.CONNECTED, null);
				logger.info("Connected again to {} (nats-server {})", this.status.server(),
						this.status.serverVersion());
				tell((listener) -> listener.reconnected(which));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void serverError(Connection which, String error) {
		tell((listener) -> listener.serverError(which, error));
		if (ConnectFailure.isAuthenticationError(error)) {
			abandon(which, error);
		}
	}

	/**
	 * Does not wait for the client to try refused credentials a second time, which takes
	 * it two connect timeouts, before it gives up: a new connection asks for them anew.
	 */
	private void abandon(Connection which, String error) {
		this.lock.lock();
		try {
			if (which == this.connection && this.status.state() == State.RECONNECTING) {
				lost(which, error, true);
				daemon("af-bus-close", () -> closeQuietly(which)).start();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void tell(Consumer<BusListener> event) {
		this.lock.lock();
		try {
			this.listeners.forEach((listener) -> tellOne(listener, event));
		}
		finally {
			this.lock.unlock();
		}
	}

	private void tellOne(BusListener listener, Consumer<BusListener> event) {
		try {
			event.accept(listener);
		}
		catch (RuntimeException ex) {
			logger.error("A listener of the connection has failed", ex);
		}
	}

	private void connectInBackground() {
		if (!this.connecting.compareAndSet(false, true)) {
			return;
		}
		daemon("af-bus-connect", () -> {
			try {
				this.connector.connect(Connector.WITHOUT_END);
			}
			catch (NotConnectedException ex) {
				logger.debug("Closed while connecting");
			}
			finally {
				this.connecting.set(false);
				retryIfLostMeanwhile();
			}
		}).start();
	}

	private static Thread daemon(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * A connection that died between its adoption and the end of the thread that made it
	 * found that thread still running.
	 */
	private void retryIfLostMeanwhile() {
		Connection current = this.connection;
		if (this.status.state() == State.RECONNECTING && current != null
				&& current.getStatus() == Connection.Status.CLOSED) {
			connectInBackground();
		}
	}

	private void change(State state, @Nullable String error) {
		BusStatus before = this.status;
		Connection current = this.connection;
		boolean up = state == State.CONNECTED && current != null;
		boolean newlyUp = up && before.state() != State.CONNECTED;
		this.status = new BusStatus(state,
				(up && current != null) ? BusUrls.hostAndPort(current.getConnectedUrl()) : null,
				(up && current != null) ? current.getServerInfo().getVersion() : null,
				(state != before.state()) ? Instant.now() : before.since(),
				(error != null) ? error : before.lastError(), before.connects() + (newlyUp ? 1 : 0));
	}

	private static void closeQuietly(Connection connection) {
		try {
			if (connection.getStatus() == Connection.Status.CONNECTED) {
				connection.flush(FLUSH_TIMEOUT);
			}
		}
		catch (TimeoutException | IllegalStateException ex) {
			logger.debug("Not everything was sent before the connection was closed", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		try {
			connection.close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
