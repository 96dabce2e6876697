package io.agentflow.messaging.test.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what another process does and nobody announces.
 */
final class Polling {

	private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(5);

	private Polling() {
	}

	/**
	 * Asks until the answer is yes.
	 * @return whether it was yes in time; {@code false} also when the thread is
	 * interrupted
	 */
	static boolean until(BooleanSupplier condition, Duration timeout) {
		long end = System.nanoTime() + timeout.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
				return false;
			}
			LockSupport.parkNanos(INTERVAL);
		}
		return true;
	}

}
