package io.agentflow.messaging.test.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Carries the bytes of one direction. Reading and writing are two threads with a bounded
 * queue between them, so that a delay shifts the bytes in time and does not thin them
 * out; when the queue is full the sender's own buffers fill, as on a real network.
 */
final class ProxyPipe {

	private static final int CHUNK = 16 * 1024;

	private static final int QUEUE = 64;

	private static final Chunk END = new Chunk(new byte[0], 0);

	private final Socket source;

	private final Socket target;

	private final Faults.Direction faults;

	private final ProxyLink link;

	private final BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>(QUEUE);

	ProxyPipe(Socket source, Socket target, Faults.Direction faults, ProxyLink link) {
		this.source = source;
		this.target = target;
		this.faults = faults;
		this.link = link;
	}

	void start() {
		String name = "tcp-proxy-" + this.source.getPort() + "-" + this.target.getPort();
		ProxyLink.daemon(name + "-read", this::read);
		ProxyLink.daemon(name + "-write", this::write);
	}

	private void read() {
		byte[] buffer = new byte[CHUNK];
		try {
			InputStream in = this.source.getInputStream();
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				enqueue(new Chunk(Arrays.copyOf(buffer, count), System.nanoTime() + this.faults.delayNanos()));
			}
			enqueue(END);
		}
		catch (IOException ex) {
			this.link.reset();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Gives up when the connection was reset: its writer takes nothing any more. */
	private void enqueue(Chunk chunk) throws IOException, InterruptedException {
		while (!this.queue.offer(chunk, 1, TimeUnit.SECONDS)) {
			if (this.target.isClosed()) {
				throw new IOException("reset");
			}
		}
	}

	private void write() {
		try {
			for (Chunk chunk = next(); chunk != END; chunk = next()) {
				TimeUnit.NANOSECONDS.sleep(chunk.due() - System.nanoTime());
				this.faults.awaitFlow();
				pass(chunk.bytes());
			}
			this.faults.awaitFlow();
			if (!this.link.swallows(this.target)) {
				this.target.shutdownOutput();
			}
			this.link.pipeEnded();
		}
		catch (IOException ex) {
			this.link.reset();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Chunk next() throws IOException, InterruptedException {
		while (true) {
			Chunk chunk = this.queue.poll(1, TimeUnit.SECONDS);
			if (chunk != null) {
				return chunk;
			}
			if (this.target.isClosed()) {
				throw new IOException("reset");
			}
		}
	}

	private void pass(byte[] bytes) throws IOException {
		if (this.link.swallows(this.target)) {
			return;
		}
		this.target.getOutputStream().write(bytes, 0, this.faults.take(bytes.length));
		this.faults.passed();
	}

	/** Bytes and when they are due, as {@link System#nanoTime()} counts. */
	private record Chunk(byte[] bytes, long due) {
	}

}
