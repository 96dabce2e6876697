package io.agentflow.messaging.listener;

import java.util.concurrent.atomic.AtomicBoolean;

import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

/**
 * One fetched message, from its arrival until it is settled. Settling happens once, by
 * whoever comes first: the handler, its time limit, or the end of the application.
 */
final class Inbound {

	private final long sequence;

	private final AtomicBoolean settled = new AtomicBoolean();

	private volatile Message message;

	private volatile long touchedNanos = System.nanoTime();

	private volatile long startedNanos;

	private @Nullable Thread runner;

	private volatile int localAttempts;

	private volatile @Nullable Execution execution;

	private volatile @Nullable Decoding decoding;

	Inbound(Message message) {
		this.message = message;
		this.sequence = message.metaData().streamSequence();
	}

	long sequence() {
		return this.sequence;
	}

	Message message() {
		return this.message;
	}

	/**
	 * Tells a further delivery from another message of the same sequence.
	 */
	boolean isOfSameMessage(Inbound other) {
		return this.message.metaData().timestamp().equals(other.message.metaData().timestamp());
	}

	/**
	 * Takes over a newer delivery of the same message: only the newest can be
	 * acknowledged for sure.
	 */
	void adopt(Message newer) {
		this.message = newer;
		touch();
	}

	/**
	 * Number of the attempt at hand, from 1: deliveries, and attempts made here without
	 * giving the message back.
	 */
	long attempt() {
		return this.message.metaData().deliveredCount() + this.localAttempts;
	}

	void attemptedHere() {
		this.localAttempts++;
		this.startedNanos = 0;
		this.execution = null;
	}

	void touch() {
		this.touchedNanos = System.nanoTime();
	}

	long nanosSinceTouch() {
		return System.nanoTime() - this.touchedNanos;
	}

	/**
	 * Claims the right to settle this delivery.
	 * @return {@code true} for the first caller only
	 */
	boolean claimSettlement() {
		return this.settled.compareAndSet(false, true);
	}

	boolean isSettled() {
		return this.settled.get();
	}

	synchronized void started(Execution running) {
		this.execution = running;
		this.runner = Thread.currentThread();
		this.startedNanos = Math.max(1, System.nanoTime());
	}

	/**
	 * The calling thread no longer works on it; a returned stage may still run.
	 */
	synchronized void leftByThread() {
		this.runner = null;
	}

	/**
	 * Interrupts the thread that works on it. Excludes {@link #leftByThread}: a thread
	 * that has gone on to another message must not be hit.
	 * @return the thread, or {@code null} if there is none
	 */
	synchronized @Nullable Thread interruptRunner() {
		Thread thread = this.runner;
		if (thread != null) {
			thread.interrupt();
		}
		return thread;
	}

	boolean isStarted() {
		return this.startedNanos != 0;
	}

	long nanosRunning() {
		long started = this.startedNanos;
		return (started != 0) ? System.nanoTime() - started : 0;
	}

	@Nullable Execution execution() {
		return this.execution;
	}

	@Nullable Decoding decoding() {
		return this.decoding;
	}

	void decoding(Decoding result) {
		this.decoding = result;
	}

}
