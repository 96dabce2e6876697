package io.agentflow.messaging.test.server;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Sets a {@link NatsServer} up. Not safe for use by several threads.
 */
public final class NatsServerBuilder {

	private static final AtomicInteger COUNTER = new AtomicInteger();

	private @Nullable Path binary;

	private @Nullable Path store;

	private @Nullable String name;

	private int port;

	private boolean jetStream = true;

	private long diskBytes;

	private String config = "";

	NatsServerBuilder() {
	}

	/**
	 * The executable. By default {@link NatsServerBinary#require()} finds it.
	 * @param binary the executable
	 * @return this builder
	 */
	public NatsServerBuilder binary(Path binary) {
		this.binary = binary;
		return this;
	}

	/**
	 * The port for clients. By default, and with 0, a free one.
	 * @param port the port
	 * @return this builder
	 */
	public NatsServerBuilder port(int port) {
		this.port = port;
		return this;
	}

	/**
	 * Whether JetStream is on. It is by default; turn it off to write a {@code jetstream}
	 * block of your own into {@link #config(String)}.
	 * @param jetStream whether it is on
	 * @return this builder
	 */
	public NatsServerBuilder jetStream(boolean jetStream) {
		this.jetStream = jetStream;
		return this;
	}

	/**
	 * Where JetStream stores. By default a temporary directory that goes with the server;
	 * a given one stays.
	 * @param directory the directory
	 * @return this builder
	 */
	public NatsServerBuilder storeDirectory(Path directory) {
		this.store = directory;
		return this;
	}

	/**
	 * Puts the store on a disk of its own that can be filled: a file system in memory,
	 * which is gone with the process and so empty after a restart. Linux only; ask
	 * {@link #canLimitDisk()} first.
	 * @param bytes the size, rounded up to whole pages
	 * @return this builder
	 */
	public NatsServerBuilder diskSize(long bytes) {
		this.diskBytes = bytes;
		return this;
	}

	/**
	 * Tells whether this machine lets {@link #diskSize(long)} work: it takes Linux with
	 * name spaces that this user may create.
	 * @return whether it does
	 */
	public static boolean canLimitDisk() {
		return SmallDisk.works();
	}

	/**
	 * The server's name. By default one that is unique in this JVM.
	 * @param name letters, digits, {@code -} and {@code _}
	 * @return this builder
	 */
	public NatsServerBuilder name(String name) {
		this.name = name;
		return this;
	}

	/**
	 * Lines that are appended to the configuration file, in the server's own format:
	 * {@code authorization}, {@code tls}, {@code max_payload}, …
	 * @param lines the lines
	 * @return this builder
	 */
	public NatsServerBuilder config(String lines) {
		this.config = lines;
		return this;
	}

	/**
	 * Starts the server.
	 * @return the server, answering
	 * @throws IllegalStateException if no nats-server is found or it does not start; the
	 * message holds its log
	 */
	public NatsServer start() {
		NatsServer server = prepare();
		try {
			server.runOnFreePorts(this.port);
			return server;
		}
		catch (RuntimeException ex) {
			server.close();
			throw ex;
		}
	}

	/** A server with its files in place that does not run yet. */
	NatsServer prepare() {
		Path executable = (this.binary != null) ? this.binary : NatsServerBinary.require();
		WorkDirectory directory = WorkDirectory.create(this.store);
		String serverName = (this.name != null) ? this.name : "test-" + COUNTER.incrementAndGet();
		ServerConfig prepared = new ServerConfig(serverName, this.port, 0, this.jetStream ? directory.store() : null,
				this.diskBytes, this.config);
		return new NatsServer(executable, directory, prepared);
	}

}
