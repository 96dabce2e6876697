package io.agentflow.messaging.listener;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.listener.ListenerStatus.State;

/**
 * What a listener says of itself. Thread-safe.
 */
final class ListenerState {

	private static final Logger logger = LoggerFactory.getLogger(ListenerState.class);

	private final ResolvedListener listener;

	private final Set<Long> unkeptDeadLetters = ConcurrentHashMap.newKeySet();

	private State state = State.STOPPED;

	private Instant since = Instant.now();

	private @Nullable String lastError;

	private volatile long pending = -1;

	private volatile long ackPending;

	ListenerState(ResolvedListener listener) {
		this.listener = listener;
	}

	synchronized void to(State next) {
		if (this.state != next) {
			logger.info("Listener '{}' on {} (consumer {}/{}): {} -> {}", this.listener.id(), this.listener.subjects(),
					this.listener.stream(), this.listener.durable(), this.state, next);
			this.state = next;
			this.since = Instant.now();
		}
	}

	synchronized void recovering(String why) {
		this.lastError = why;
		if (this.state == State.RUNNING || this.state == State.STALLED || this.state == State.STOPPED) {
			logger.warn("Listener '{}' (consumer {}/{}) cannot receive: {}", this.listener.id(), this.listener.stream(),
					this.listener.durable(), why);
		}
		to(State.RECOVERING);
	}

	synchronized void failed(Throwable failure) {
		this.lastError = failure.toString();
	}

	synchronized State current() {
		return (this.state == State.RUNNING && !this.unkeptDeadLetters.isEmpty()) ? State.STALLED : this.state;
	}

	void deadLetterFailed(long sequence, Throwable failure) {
		boolean first = this.unkeptDeadLetters.isEmpty();
		this.unkeptDeadLetters.add(sequence);
		failed(failure);
		if (first) {
			logger.error(
					"Listener '{}' cannot write dead letters; their originals stay with the broker until it can: {}",
					this.listener.id(), failure.toString());
		}
	}

	void settled(long sequence) {
		if (this.unkeptDeadLetters.remove(sequence) && this.unkeptDeadLetters.isEmpty()) {
			logger.info("Listener '{}' can write dead letters again", this.listener.id());
		}
	}

	void sampled(long pendingNow, long ackPendingNow) {
		this.pending = pendingNow;
		this.ackPending = ackPendingNow;
	}

	synchronized ListenerStatus snapshot(int inFlight, Counters counters) {
		return new ListenerStatus(this.listener.id(), this.listener.stream(), this.listener.durable(),
				this.listener.subjects(), current(), this.since, this.lastError, inFlight, this.pending,
				this.ackPending, counters.snapshot());
	}

}
