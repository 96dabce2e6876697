package io.agentflow.messaging.sample.harness;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What is known of each request of a run. Each ends once: by its response, by an error or
 * by its time-out; what comes later is ignored. Thread-safe.
 */
final class RoundTrips {

	private static final long NONE = -1;

	private static final long FAILED = -2;

	private final AtomicLongArray sentAt;

	private final AtomicLongArray latencies;

	private final AtomicReferenceArray<String> sentHashes;

	private final AtomicReferenceArray<String> answeredHashes;

	private final AtomicInteger ended = new AtomicInteger();

	private final AtomicInteger responsesVerified = new AtomicInteger();

	RoundTrips(int messages) {
		this.sentAt = filled(messages);
		this.latencies = filled(messages);
		this.sentHashes = new AtomicReferenceArray<>(messages);
		this.answeredHashes = new AtomicReferenceArray<>(messages);
	}

	int messages() {
		return this.sentAt.length();
	}

	/**
	 * Notes a request.
	 * @param at nanoseconds from the start, at which it was due
	 */
	void sent(int sequence, long at) {
		this.sentAt.set(sequence, at);
	}

	void stored(int sequence, String hash) {
		this.sentHashes.set(sequence, hash);
	}

	/**
	 * Notes a response.
	 * @param at nanoseconds from the start
	 * @return whether this ended the request
	 */
	boolean answered(int sequence, long at, String requestHash, boolean verified) {
		if (sequence < 0 || sequence >= messages() || this.sentAt.get(sequence) < 0) {
			return false;
		}
		if (!end(sequence, Math.max(0, at - this.sentAt.get(sequence)))) {
			return false;
		}
		this.answeredHashes.set(sequence, requestHash);
		if (verified) {
			this.responsesVerified.incrementAndGet();
		}
		return true;
	}

	/**
	 * Notes that there will be no response.
	 * @return whether this ended the request
	 */
	boolean failed(int sequence) {
		return end(sequence, FAILED);
	}

	boolean isOpen(int sequence) {
		return this.sentAt.get(sequence) >= 0 && this.latencies.get(sequence) == NONE;
	}

	long sentAt(int sequence) {
		return this.sentAt.get(sequence);
	}

	int ended() {
		return this.ended.get();
	}

	/**
	 * Counts responses to something other than was sent.
	 */
	int mismatches() {
		int mismatches = 0;
		for (int i = 0; i < messages(); i++) {
			String sent = this.sentHashes.get(i);
			String answered = this.answeredHashes.get(i);
			if (sent != null && answered != null && !sent.equals(answered)) {
				mismatches++;
			}
		}
		return mismatches;
	}

	/**
	 * Counts hashes that were verified, on both sides.
	 */
	int hashesVerified() {
		int requests = 0;
		for (int i = 0; i < messages(); i++) {
			String sent = this.sentHashes.get(i);
			if (sent != null && !sent.isEmpty() && sent.equals(this.answeredHashes.get(i))) {
				requests++;
			}
		}
		return requests + this.responsesVerified.get();
	}

	long[] latencies() {
		return copy(this.latencies);
	}

	long[] sentAt() {
		return copy(this.sentAt);
	}

	private boolean end(int sequence, long latency) {
		if (!this.latencies.compareAndSet(sequence, NONE, latency)) {
			return false;
		}
		this.ended.incrementAndGet();
		return true;
	}

	private static AtomicLongArray filled(int length) {
		AtomicLongArray array = new AtomicLongArray(length);
		for (int i = 0; i < length; i++) {
			array.set(i, NONE);
		}
		return array;
	}

	private static long[] copy(AtomicLongArray source) {
		long[] copy = new long[source.length()];
		for (int i = 0; i < copy.length; i++) {
			copy[i] = source.get(i);
		}
		return copy;
	}

}
