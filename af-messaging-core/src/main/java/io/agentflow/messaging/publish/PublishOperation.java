package io.agentflow.messaging.publish;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.nats.client.impl.Headers;

/**
 * One message on its way through its attempts. Guarded by its own monitor.
 */
final class PublishOperation {

	final String subject;

	final Headers headers;

	final byte[] data;

	final String messageId;

	final long startNanos = System.nanoTime();

	final long deadlineNanos;

	final CompletableFuture<PublishReceipt> future = new CompletableFuture<>();

	/** Number of the attempt that is awaited; answers to others are late ones. */
	private int attempt;

	private boolean awaiting;

	private long attemptNanos;

	private long retryNanos;

	/** Whether an attempt is open whose fate nobody knows. */
	private boolean maybeStored;

	private long deniedNanos;

	private boolean denied;

	private boolean settled;

	private @Nullable AttemptFailure lastFailure;

	PublishOperation(String subject, Headers headers, byte[] data, String messageId, long timeoutNanos) {
		this.subject = subject;
		this.headers = headers;
		this.data = data;
		this.messageId = messageId;
		this.deadlineNanos = this.startNanos + timeoutNanos;
	}

	synchronized int begin(long now) {
		this.awaiting = true;
		this.denied = false;
		this.attemptNanos = now;
		return ++this.attempt;
	}

	/**
	 * Ends an attempt that has failed, and sets when to try again.
	 * @return whether it was the one that is awaited; if not, nothing happens
	 */
	synchronized boolean fail(int which, AttemptFailure failure, long retryAtNanos) {
		if (!this.awaiting || which != this.attempt) {
			return false;
		}
		this.awaiting = false;
		this.lastFailure = failure;
		this.maybeStored |= failure.kind() == AttemptFailure.Kind.UNKNOWN;
		this.retryNanos = retryAtNanos;
		return true;
	}

	/**
	 * Notes a better reason why nothing is known yet.
	 */
	synchronized void postpone(AttemptFailure why) {
		this.lastFailure = why;
	}

	/**
	 * Settles the operation between two attempts.
	 * @return whether no attempt is open, so that nothing can overtake the verdict
	 */
	synchronized boolean settle(AttemptFailure verdict) {
		if (this.awaiting) {
			return false;
		}
		this.lastFailure = verdict;
		this.settled = true;
		return true;
	}

	/**
	 * Tells whether it is time for the next attempt.
	 */
	synchronized boolean isDue(long now) {
		return !this.awaiting && !this.settled && now - this.retryNanos >= 0 && !this.future.isDone();
	}

	synchronized boolean hasTimedOut(long now, long timeoutNanos) {
		return this.awaiting && now - this.attemptNanos >= timeoutNanos;
	}

	synchronized void deny(long now) {
		if (this.awaiting && !this.denied) {
			this.denied = true;
			this.deniedNanos = now;
		}
	}

	synchronized boolean isDenied(long now, long graceNanos) {
		return this.awaiting && this.denied && now - this.deniedNanos >= graceNanos;
	}

	synchronized int attempt() {
		return this.attempt;
	}

	synchronized boolean isMaybeStored() {
		// An attempt that is still open may yet succeed.
		return this.maybeStored || this.awaiting;
	}

	synchronized @Nullable AttemptFailure lastFailure() {
		return this.lastFailure;
	}

}
