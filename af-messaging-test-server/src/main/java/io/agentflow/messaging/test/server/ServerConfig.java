package io.agentflow.messaging.test.server;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * What a server process is started with, and its text as a configuration file.
 *
 * @param name the server's name, unique among the servers of a test
 * @param port the port for clients
 * @param monitorPort the port for monitoring over HTTP
 * @param storeDirectory where JetStream stores, or {@code null} for no JetStream
 * @param diskBytes size of a file system of its own for the store, 0 for none
 * @param extra lines appended as they are
 */
record ServerConfig(String name, int port, int monitorPort, @Nullable Path storeDirectory, long diskBytes,
		String extra) {

	/**
	 * More than the streams reserve together, in each of many accounts. Told no limit,
	 * the server offers three quarters of the free disk, and tests would depend on the
	 * machine.
	 */
	private static final String STORAGE = ", max_file_store: 64TB, max_memory_store: 1TB";

	String text() {
		StringBuilder text = new StringBuilder();
		text.append("server_name: \"").append(this.name).append("\"\n");
		text.append("listen: \"127.0.0.1:").append(this.port).append("\"\n");
		text.append("http: \"127.0.0.1:").append(this.monitorPort).append("\"\n");
		if (this.storeDirectory != null) {
			text.append("jetstream { store_dir: ").append(quote(this.storeDirectory)).append(STORAGE).append(" }\n");
		}
		return text.append(this.extra).append('\n').toString();
	}

	ServerConfig withPorts(int port, int monitorPort) {
		return new ServerConfig(this.name, port, monitorPort, this.storeDirectory, this.diskBytes, this.extra);
	}

	ServerConfig withExtra(String extra) {
		return new ServerConfig(this.name, this.port, this.monitorPort, this.storeDirectory, this.diskBytes, extra);
	}

	private static String quote(Path path) {
		return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

}
