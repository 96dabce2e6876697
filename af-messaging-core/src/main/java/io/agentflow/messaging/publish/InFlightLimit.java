package io.agentflow.messaging.publish;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the messages in flight. A thread that completes publishes must never wait here:
 * what it would wait for is itself. It goes over the bound instead, by at most the number
 * of publishes that the callbacks of one completion start.
 */
final class InFlightLimit {

	private static final ThreadLocal<Boolean> COMPLETING = new ThreadLocal<>();

	private final OverdrawnSemaphore permits;

	private final int max;

	InFlightLimit(int max) {
		this.max = max;
		this.permits = new OverdrawnSemaphore(max);
	}

	static boolean isCompleting() {
		return COMPLETING.get() != null;
	}

	/**
	 * Runs what completes a publish, callbacks of users included.
	 */
	static void completing(Runnable completion) {
		if (isCompleting()) {
			completion.run();
			return;
		}
		COMPLETING.set(Boolean.TRUE);
		try {
			completion.run();
		}
		finally {
			COMPLETING.remove();
		}
	}

	/**
	 * Takes a place, waiting for one if need be.
	 * @return whether there was one in time
	 */
	boolean acquire(long nanos) throws InterruptedException {
		if (this.permits.tryAcquire()) {
			return true;
		}
		if (isCompleting()) {
			this.permits.reducePermits(1);
			return true;
		}
		return this.permits.tryAcquire(nanos, TimeUnit.NANOSECONDS);
	}

	void release() {
		this.permits.release();
	}

	int inUse() {
		return this.max - this.permits.availablePermits();
	}

	private static final class OverdrawnSemaphore extends Semaphore {

		private static final long serialVersionUID = 1L;

		OverdrawnSemaphore(int permits) {
			super(permits);
		}

		@Override
		protected void reducePermits(int reduction) {
			super.reducePermits(reduction);
		}

	}

}
