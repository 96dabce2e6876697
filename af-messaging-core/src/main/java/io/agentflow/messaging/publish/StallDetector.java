package io.agentflow.messaging.publish;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the broker answers nothing although the connection is up. A server whose
 * disk is full gives no error; publishes just time out. Thread-safe.
 */
final class StallDetector {

	private static final Logger logger = LoggerFactory.getLogger(StallDetector.class);

	/** A single slow answer is no stall. */
	private static final int MIN_TIMEOUTS = 3;

	private final Duration stalledAfter;

	private volatile boolean suspicious;

	private int timeouts;

	private @Nullable Instant first;

	private @Nullable String lastError;

	private boolean stalled;

	StallDetector(Duration stalledAfter) {
		this.stalledAfter = stalledAfter;
	}

	/**
	 * Called for every receipt, so it costs one volatile read while all is well.
	 */
	void answered() {
		if (this.suspicious) {
			reset();
		}
	}

	/**
	 * The connection is gone: silence says nothing about the broker's disk any more.
	 */
	synchronized void reset() {
		if (this.stalled) {
			logger.info("The broker confirms publishes again");
		}
		this.suspicious = false;
		this.stalled = false;
		this.timeouts = 0;
		this.first = null;
	}

	synchronized void timedOut(Duration waited, String error) {
		this.suspicious = true;
		this.lastError = error;
		this.timeouts++;
		Instant now = Instant.now();
		Instant begin = this.first;
		if (begin == null) {
			begin = now.minus(waited);
			this.first = begin;
		}
		if (!this.stalled && this.timeouts >= MIN_TIMEOUTS
				&& Duration.between(begin, now).compareTo(this.stalledAfter) >= 0) {
			this.stalled = true;
			logger.error("The broker is connected but has confirmed no publish since {}. Look at its log and "
					+ "at the free space of its disk; after a full disk it must be restarted", begin);
		}
	}

	synchronized void failed(String error) {
		this.lastError = error;
	}

	synchronized PublishHealth health(int inFlight) {
		return new PublishHealth(this.stalled, this.first, this.lastError, inFlight);
	}

}
