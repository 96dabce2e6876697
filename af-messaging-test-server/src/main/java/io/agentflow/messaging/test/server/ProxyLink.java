package io.agentflow.messaging.test.server;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One connection through the proxy: the client's socket, the server's, and a pipe for
 * each direction.
 */
final class ProxyLink {

	private final Socket client;

	private final Socket server;

	private final Faults faults;

	private final Consumer<ProxyLink> whenClosed;

	private final AtomicInteger openPipes = new AtomicInteger(2);

	private volatile boolean halfClosed;

	ProxyLink(Socket client, Socket server, Faults faults, Consumer<ProxyLink> whenClosed) {
		this.client = client;
		this.server = server;
		this.faults = faults;
		this.whenClosed = whenClosed;
	}

	void start() throws IOException {
		this.client.setTcpNoDelay(true);
		this.server.setTcpNoDelay(true);
		new ProxyPipe(this.client, this.server, this.faults.toServer(), this).start();
		new ProxyPipe(this.server, this.client, this.faults.toClient(), this).start();
	}

	/** Closing with a linger time of zero makes the kernel send RST instead of FIN. */
	void reset() {
		linger(this.client);
		linger(this.server);
		close();
	}

	void halfClose() {
		this.halfClosed = true;
		try {
			this.client.shutdownOutput();
		}
		catch (IOException ex) {
			reset();
		}
	}

	/** Whether bytes for this socket have nowhere to go any more, by command. */
	boolean swallows(Socket target) {
		return this.halfClosed && target == this.client;
	}

	/** A pipe saw the end of its stream; when both did, nothing is left to carry. */
	void pipeEnded() {
		if (this.openPipes.decrementAndGet() == 0) {
			close();
		}
	}

	static void daemon(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	private void close() {
		close(this.client);
		close(this.server);
		this.whenClosed.accept(this);
	}

	private static void linger(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			// Closed already.
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// Closed all the same.
		}
	}

}
