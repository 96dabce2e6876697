package io.agentflow.messaging.listener;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;

import io.nats.client.JetStreamSubscription;
import io.nats.client.PullRequestOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker for as many messages as may be held here, and no more. The client's own
 * way to consume asks again as soon as it has handed a message over, which here is at
 * once: a slow handler would draw everything to its instance. Thread-safe.
 */
final class PullWindow {

	private static final Logger logger = LoggerFactory.getLogger(PullWindow.class);

	/** Bounds how long a request that the broker forgot (a new leader) is waited for. */
	private static final Duration EXPIRES = Duration.ofSeconds(5);

	/**
	 * While a request is open the broker speaks this often; the client raises the alarm
	 * when it has been silent for three times as long.
	 */
	private static final Duration HEARTBEAT = Duration.ofSeconds(1);

	/** A request is made anew before it ends, so that one is always open. */
	private static final long RENEW_NANOS = Duration.ofMillis(1250).toNanos();

	/** Part of the window that must be free before it is worth a request. */
	private static final int QUARTER = 4;

	private final JetStreamSubscription subscription;

	private final IntSupplier window;

	private final IntSupplier held;

	private final Deque<Pull> pulls = new ArrayDeque<>();

	PullWindow(JetStreamSubscription subscription, IntSupplier window, IntSupplier held) {
		this.subscription = subscription;
		this.window = window;
		this.held = held;
	}

	/**
	 * Takes note of a message. The broker serves requests in their order.
	 */
	synchronized void received() {
		for (Pull pull : this.pulls) {
			if (pull.remaining > 0) {
				pull.remaining--;
				return;
			}
		}
	}

	/**
	 * Asks for more if there is room.
	 */
	synchronized void refill() {
		int size = this.window.getAsInt();
		int room = size - this.held.getAsInt() - open();
		if (room <= 0 || room < size / QUARTER) {
			return;
		}
		try {
			this.subscription
				.pull(PullRequestOptions.builder(room).expiresIn(EXPIRES).idleHeartbeat(HEARTBEAT).build());
			this.pulls.addLast(new Pull(room, System.nanoTime() + EXPIRES.toNanos()));
		}
		catch (RuntimeException ex) {
			logger.debug("No request for messages: {}", ex.getMessage());
		}
	}

	/**
	 * Forgets the open requests: those of a lost connection are lost too.
	 */
	synchronized void reset() {
		this.pulls.clear();
	}

	private int open() {
		long now = System.nanoTime();
		this.pulls.removeIf((pull) -> pull.remaining == 0 || pull.deadline - now < 0);
		int open = 0;
		for (Pull pull : this.pulls) {
			if (pull.deadline - now > RENEW_NANOS) {
				open += pull.remaining;
			}
		}
		return open;
	}

	/**
	 * One request.
	 */
	private static final class Pull {

		private final long deadline;

		private int remaining;

		private Pull(int remaining, long deadline) {
			this.remaining = remaining;
			this.deadline = deadline;
		}

	}

}
