package io.agentflow.messaging.test.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Picks loopback ports that a server can be restarted on.
 * <p>
 * They lie below the range that Linux and macOS take for outgoing connections. A port
 * from that range may be gone when the server comes back, and a client that tries to
 * reconnect to it while nobody listens can even connect to itself.
 */
final class LoopbackPorts {

	static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

	private static final int LOWEST = 10_240;

	private static final int HIGHEST = 32_767;

	private static final int TRIES = 200;

	private LoopbackPorts() {
	}

	/**
	 * A port that nobody held a moment ago. Somebody else may be faster: callers try
	 * again with another.
	 */
	static int pick() {
		try (ServerSocket probe = listenAnywhere()) {
			return probe.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Listens on a free port.
	 */
	static ServerSocket listenAnywhere() {
		for (int i = 0; i < TRIES; i++) {
			try {
				return listen(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1));
			}
			catch (IOException ex) {
				// Taken: draw again.
			}
		}
		throw new IllegalStateException("No free port on the loopback interface between " + LOWEST + " and " + HIGHEST
				+ " in " + TRIES + " tries");
	}

	static ServerSocket listen(int port) throws IOException {
		ServerSocket socket = new ServerSocket();
		try {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(LOOPBACK, port), 128);
			return socket;
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

}
