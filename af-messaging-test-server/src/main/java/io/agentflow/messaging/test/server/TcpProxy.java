package io.agentflow.messaging.test.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A network that fails on command: listens on a loopback port, passes bytes on to another
 * one, and cuts, stalls, delays or half-closes what it carries.
 *
 * <pre>{@code
 * try (TcpProxy proxy = TcpProxy.to(server.port())) {
 *     connect(proxy.url());
 *     proxy.stall(true);
 * }
 * }</pre>
 *
 * It knows nothing of what the bytes mean. Faults apply to the connections there are and,
 * where they last, to later ones. Safe for use by several threads.
 */
public final class TcpProxy implements AutoCloseable {

	private final int port;

	private final int target;

	private final Faults faults = new Faults();

	private final Set<ProxyLink> links = ConcurrentHashMap.newKeySet();

	private @Nullable ServerSocket listener;

	private volatile boolean closed;

	private TcpProxy(ServerSocket listener, int target) {
		this.port = listener.getLocalPort();
		this.target = target;
		listenOn(listener);
	}

	/**
	 * Puts a proxy in front of a loopback port.
	 * @param port the port that its connections lead to
	 * @return the proxy, listening
	 */
	public static TcpProxy to(int port) {
		return new TcpProxy(LoopbackPorts.listenAnywhere(), port);
	}

	/**
	 * Where to connect.
	 * @return the port, the same for the proxy's whole life
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Where a NATS client connects.
	 * @return {@code nats://127.0.0.1:<port>}
	 */
	public String url() {
		return "nats://127.0.0.1:" + this.port;
	}

	/**
	 * How many connections it carries now.
	 * @return the number
	 */
	public int connections() {
		return this.links.size();
	}

	/**
	 * Resets (RST) all connections at once. New ones are accepted.
	 */
	public void cut() {
		synchronized (this.links) {
			this.links.forEach(ProxyLink::reset);
		}
	}

	/**
	 * Refuses new connections, as a host does on which nothing listens, or stops doing
	 * so. Those there are live on.
	 * @param refuse whether to refuse
	 */
	public synchronized void refuse(boolean refuse) {
		if (refuse && this.listener != null) {
			closeListener(this.listener);
			this.listener = null;
		}
		else if (!refuse && this.listener == null) {
			listenOn(bind(this.port));
		}
	}

	/**
	 * Holds all bytes back in both directions, as a network that drops packets does, or
	 * lets them go on. None is lost.
	 * @param stall whether to hold back
	 */
	public void stall(boolean stall) {
		stallToServer(stall);
		stallToClient(stall);
	}

	/**
	 * As {@link #stall(boolean)}, only what clients send.
	 * @param stall whether to hold back
	 */
	public void stallToServer(boolean stall) {
		this.faults.toServer().stall(stall);
	}

	/**
	 * As {@link #stall(boolean)}, only what the server sends.
	 * @param stall whether to hold back
	 */
	public void stallToClient(boolean stall) {
		this.faults.toClient().stall(stall);
	}

	/**
	 * Delivers what is sent from now on later, in each direction: a round trip takes
	 * twice as much longer. The throughput stays.
	 * @param delay the time one way, zero for none
	 */
	public void delay(Duration delay) {
		this.faults.toServer().delay(delay);
		this.faults.toClient().delay(delay);
	}

	/**
	 * Passes so many more bytes on to the server, over all connections together, and then
	 * resets them all: the last message is cut in the middle. Happens once for each call;
	 * a later call replaces an earlier one.
	 * @param bytes the number of bytes, 0 or more
	 */
	public void cutAfter(long bytes) {
		this.faults.cutAfter(bytes, this::cut);
	}

	/**
	 * Closes one half of all connections: clients read the end of the stream, while what
	 * they write still reaches the server, which notices nothing.
	 */
	public void halfClose() {
		synchronized (this.links) {
			this.links.forEach(ProxyLink::halfClose);
		}
	}

	/**
	 * Stops listening and resets all connections.
	 */
	@Override
	public void close() {
		this.closed = true;
		refuse(true);
		cut();
	}

	private static ServerSocket bind(int port) {
		try {
			return LoopbackPorts.listen(port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot listen on port " + port, ex);
		}
	}

	private synchronized void listenOn(ServerSocket socket) {
		this.listener = socket;
		ProxyLink.daemon("tcp-proxy-" + this.port, () -> accept(socket));
	}

	private void accept(ServerSocket socket) {
		while (!socket.isClosed()) {
			try {
				link(socket.accept());
			}
			catch (IOException ex) {
				// The listener was closed, or the client went away at once.
			}
		}
	}

	private void link(Socket client) throws IOException {
		// The server may see the connection before it is in the set: a cut waits for
		// that.
		synchronized (this.links) {
			connect(client);
		}
	}

	private void connect(Socket client) throws IOException {
		try {
			Socket server = new Socket(LoopbackPorts.LOOPBACK, this.target);
			ProxyLink link = new ProxyLink(client, server, this.faults, this.links::remove);
			this.links.add(link);
			link.start();
			if (this.closed) {
				link.reset();
			}
		}
		catch (IOException ex) {
			// Nobody listens behind the proxy: the client has to see more than silence.
			client.setSoLinger(true, 0);
			client.close();
		}
	}

	private static void closeListener(ServerSocket listener) {
		try {
			listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
