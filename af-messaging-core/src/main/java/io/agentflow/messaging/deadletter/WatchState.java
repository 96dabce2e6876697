package io.agentflow.messaging.deadletter;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.deadletter.ParkedMessages.State;
import io.agentflow.messaging.deadletter.ParkedMessages.Status;

/**
 * What the net says of itself. Written by its one thread, read by any.
 */
final class WatchState {

	private static final Logger logger = LoggerFactory.getLogger(WatchState.class);

	private static final Duration NOT_CONNECTED_PAUSE = Duration.ofSeconds(1);

	/** Each try at what is denied costs the server a line in its log. */
	private static final Duration UNAVAILABLE_PAUSE = Duration.ofMinutes(1);

	/**
	 * A message that was not tried again for so long is with another instance by now.
	 */
	private static final long FORGOTTEN_NANOS = Duration.ofSeconds(60).toNanos();

	private final Map<String, Long> waiting = new ConcurrentHashMap<>();

	private final LongAdder kept = new LongAdder();

	private volatile State state = State.STOPPED;

	private volatile @Nullable String lastError;

	Status snapshot() {
		long now = System.nanoTime();
		this.waiting.values().removeIf((since) -> now - since > FORGOTTEN_NANOS);
		return new Status(this.state, this.kept.sum(), this.waiting.size(), this.lastError);
	}

	void stopped() {
		this.state = State.STOPPED;
	}

	void watching() {
		if (this.state == State.UNAVAILABLE) {
			logger.info("Parked messages are watched");
		}
		this.state = State.WATCHING;
	}

	/**
	 * Notes why nothing is watched, and waits before the next try.
	 * @return {@code false} if interrupted
	 */
	boolean unavailable(Exception failure, boolean connected) {
		String error = Objects.toString(failure.getMessage(), failure.toString());
		if (connected && (this.state != State.UNAVAILABLE || !error.equals(this.lastError))) {
			logger.info("Messages that the broker has stopped to deliver are not watched, which hurts nothing else: {}."
					+ " Set af.bus.parked-messages.enabled=false if that is meant", error);
		}
		boolean first = this.state == State.WATCHING;
		this.state = State.UNAVAILABLE;
		this.lastError = error;
		pause((connected && !first) ? UNAVAILABLE_PAUSE : NOT_CONNECTED_PAUSE);
		return !Thread.currentThread().isInterrupted();
	}

	static void pause(Duration duration) {
		LockSupport.parkNanos(duration.toNanos());
	}

	void notReadable(String why) {
		this.lastError = why;
		logger.warn("{}", why);
	}

	void notKept(String message, Throwable failure) {
		this.lastError = failure.toString();
		if (this.waiting.put(message, System.nanoTime()) == null) {
			logger.error("Parked message {} cannot be written to the dead letters; it is tried again: {}", message,
					failure.toString());
		}
	}

	void kept(String message) {
		this.kept.increment();
		this.waiting.remove(message);
	}

}
