package io.agentflow.messaging.test.server;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a proxy does to the bytes it carries, shared by all its connections.
 */
final class Faults {

	private final Direction toServer = new Direction();

	private final Direction toClient = new Direction();

	Direction toServer() {
		return this.toServer;
	}

	Direction toClient() {
		return this.toClient;
	}

	void cutAfter(long bytes, Runnable cut) {
		if (bytes < 0) {
			throw new IllegalArgumentException("Not a number of bytes: " + bytes);
		}
		this.toServer.limit(bytes, cut);
	}

	/** One way through the proxy. */
	static final class Direction {

		private boolean stalled;

		private long delayNanos;

		private long remaining;

		private @Nullable Runnable whenUsedUp;

		synchronized void stall(boolean stall) {
			this.stalled = stall;
			notifyAll();
		}

		synchronized void awaitFlow() throws InterruptedException {
			while (this.stalled) {
				wait();
			}
		}

		synchronized void delay(Duration delay) {
			this.delayNanos = delay.toNanos();
		}

		synchronized long delayNanos() {
			return this.delayNanos;
		}

		synchronized void limit(long bytes, Runnable whenUsedUp) {
			this.remaining = bytes;
			this.whenUsedUp = whenUsedUp;
		}

		/** Takes up to so many bytes from what may still pass. */
		synchronized int take(int bytes) {
			if (this.whenUsedUp == null) {
				return bytes;
			}
			int taken = (int) Math.min(bytes, this.remaining);
			this.remaining -= taken;
			return taken;
		}

		/** Acts, once, when bytes were taken, have passed and no more may follow. */
		void passed() {
			Runnable action = null;
			synchronized (this) {
				if (this.remaining == 0) {
					action = this.whenUsedUp;
					this.whenUsedUp = null;
				}
			}
			if (action != null) {
				action.run();
			}
		}

	}

}
