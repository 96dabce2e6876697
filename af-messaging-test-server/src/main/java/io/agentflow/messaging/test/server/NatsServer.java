package io.agentflow.messaging.test.server;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A nats-server process of its own: a free loopback port, a temporary store, JetStream
 * on, and every way for a test to hurt it.
 *
 * <pre>{@code
 * try (NatsServer server = NatsServer.start()) {
 *     connect(server.url());
 *     server.kill();
 *     server.restart();
 * }
 * }</pre>
 *
 * It keeps port, store and configuration over restarts, and ends with {@link #close()} or
 * with the JVM, however that ends. Linux and macOS only: faults are made by signals. Safe
 * for use by several threads; operations take their turn.
 */
public final class NatsServer implements AutoCloseable {

	private final Path binary;

	private final WorkDirectory directory;

	private final ServerLog log;

	private ServerConfig config;

	private @Nullable ServerProcess process;

	private static final Duration PORT_PATIENCE = Duration.ofSeconds(5);

	private static final int PORT_TRIES = 20;

	NatsServer(Path binary, WorkDirectory directory, ServerConfig config) {
		this.binary = binary;
		this.directory = directory;
		this.config = config;
		this.log = new ServerLog(directory.file(WorkDirectory.LOG));
		LiveServers.add(this);
	}

	/**
	 * Starts a server with JetStream and everything else as it comes.
	 * @return the server, answering
	 * @throws IllegalStateException if no nats-server is found or it does not start; the
	 * message holds its log
	 */
	public static NatsServer start() {
		return builder().start();
	}

	/**
	 * Starts a server that is set up first.
	 * @return the set-up
	 */
	public static NatsServerBuilder builder() {
		return new NatsServerBuilder();
	}

	/**
	 * Starts a JetStream cluster and waits until it has chosen a leader.
	 * @param size the number of nodes; streams with three replicas need 3
	 * @return the cluster, ready to create streams
	 * @throws IllegalStateException if it does not come up within a minute
	 */
	public static NatsCluster cluster(int size) {
		return cluster(size, "");
	}

	/**
	 * As {@link #cluster(int)}, with configuration lines for each node.
	 * @param size the number of nodes; streams with three replicas need 3
	 * @param config the lines
	 * @return the cluster, ready to create streams
	 */
	public static NatsCluster cluster(int size, String config) {
		return NatsCluster.start(size, config);
	}

	/**
	 * Where clients connect. No user and no password are in it.
	 * @return {@code nats://127.0.0.1:<port>}
	 */
	public String url() {
		return "nats://127.0.0.1:" + port();
	}

	/**
	 * The port for clients, the same over all restarts.
	 * @return the port
	 */
	public synchronized int port() {
		return this.config.port();
	}

	/**
	 * Where the server tells about itself over HTTP: {@code /varz}, {@code /jsz},
	 * {@code /healthz}, …
	 * @return {@code http://127.0.0.1:<port>}
	 */
	public synchronized String monitorUrl() {
		return "http://127.0.0.1:" + this.config.monitorPort();
	}

	/**
	 * The server's name, as it stands in a stream's cluster information.
	 * @return the name
	 */
	public synchronized String name() {
		return this.config.name();
	}

	/**
	 * The process id of the current run.
	 * @return the process id
	 * @throws IllegalStateException if the server does not run
	 */
	public synchronized long pid() {
		return running().pid();
	}

	/**
	 * Tells whether the process is there; a paused one is.
	 * @return whether it runs
	 */
	public synchronized boolean isRunning() {
		return this.process != null && this.process.alive();
	}

	/**
	 * The version, as the executable tells it.
	 * @return for example {@code 2.15.2}
	 */
	public String version() {
		return Version.of(this.binary).toString();
	}

	/**
	 * Where JetStream stores, or would.
	 * @return the directory
	 */
	public Path storeDirectory() {
		return this.directory.store();
	}

	/**
	 * What the server printed so far, over all its runs.
	 * @return the log
	 */
	public String log() {
		return this.log.text();
	}

	/**
	 * Asks the server to end (SIGTERM) and waits until it has. Does nothing if it does
	 * not run.
	 * @throws IllegalStateException if it had to be killed after 20 s
	 */
	public synchronized void stop() {
		if (this.process != null) {
			this.process.stop();
			this.process = null;
		}
	}

	/**
	 * Kills the server (SIGKILL). What it had not yet written to the store is lost. Does
	 * nothing if it does not run.
	 */
	public synchronized void kill() {
		if (this.process != null) {
			this.process.kill();
			this.process = null;
		}
	}

	/**
	 * Starts the server again on the same port, store and configuration, after a
	 * {@link #stop()} if it still runs.
	 * @throws IllegalStateException if it does not start; the message holds its log
	 */
	public synchronized void restart() {
		stop();
		run();
	}

	/**
	 * As {@link #restart()}, with other configuration lines.
	 * @param config what replaces the lines given to the builder
	 */
	public synchronized void restart(String config) {
		stop();
		this.config = this.config.withExtra(config);
		run();
	}

	/**
	 * Freezes the process (SIGSTOP): connections stay open and nothing answers.
	 */
	public synchronized void pause() {
		running().signal("STOP");
	}

	/**
	 * Lets a frozen process go on (SIGCONT).
	 */
	public synchronized void resume() {
		running().signal("CONT");
	}

	/**
	 * Makes the server send its clients elsewhere and end (lame duck mode, SIGUSR2). It
	 * takes the configuration's {@code lame_duck_duration}, which the server wants to be
	 * 30 s or more.
	 */
	public synchronized void lameDuck() {
		running().signal("USR2");
	}

	/**
	 * Has the running server take other configuration lines (SIGHUP), and waits until it
	 * says that it did.
	 * @param config what replaces the lines given to the builder
	 * @throws IllegalStateException if the server refuses them; the message holds its log
	 */
	public synchronized void reload(String config) {
		this.config = this.config.withExtra(config);
		this.directory.writeConfig(this.config.text());
		this.log.mark();
		running().signal("HUP");
		Polling.until(() -> this.log.sinceMark().contains("eload"), Duration.ofSeconds(10));
		if (!Polling.until(() -> this.log.sinceMark().contains("Reloaded server configuration"),
				Duration.ofSeconds(1))) {
			throw new IllegalStateException(
					"nats-server did not take the new configuration. Its log:\n" + this.log.sinceMark());
		}
	}

	/**
	 * Kills the server and deletes its temporary files; a store directory that was given
	 * is left alone.
	 */
	@Override
	public synchronized void close() {
		kill();
		LiveServers.remove(this);
		this.directory.close();
	}

	synchronized ServerConfig config() {
		return this.config;
	}

	/**
	 * Starts on the ports of the configuration. They may need a moment to be free again.
	 */
	void run() {
		long end = System.nanoTime() + PORT_PATIENCE.toNanos();
		while (!startedOn(this.config)) {
			if (System.nanoTime() - end > 0) {
				throw portTaken();
			}
		}
	}

	/**
	 * Starts on ports that are free: draws others when somebody else is faster.
	 * @param clientPort the port for clients, 0 to draw it, too
	 */
	synchronized void runOnFreePorts(int clientPort) {
		for (int i = 0; i < PORT_TRIES; i++) {
			int port = (clientPort > 0) ? clientPort : LoopbackPorts.pick();
			if (startedOn(this.config.withPorts(port, LoopbackPorts.pick()))) {
				return;
			}
		}
		throw portTaken();
	}

	private boolean startedOn(ServerConfig config) {
		this.config = config;
		this.process = ServerProcess.start(this.binary, this.directory, config, this.log);
		return this.process != null;
	}

	private IllegalStateException portTaken() {
		return new IllegalStateException("nats-server finds a port taken. Its log:\n" + this.log.tail());
	}

	private ServerProcess running() {
		if (this.process == null || !this.process.alive()) {
			throw new IllegalStateException("nats-server " + this.config.name() + " does not run");
		}
		return this.process;
	}

}
