package io.agentflow.messaging.sample.harness;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.agentflow.messaging.sample.harness.RunResult.Errors;

/**
 * One run over an exchange.
 * <p>
 * Closed loop: a number of requests is kept in flight; each response sends the next
 * request on the thread that received it, so that no hand-over between threads is
 * measured. Open loop: requests are due at fixed times whatever the responses do, and a
 * round trip counts from when its request was due, not from when it was sent: what waits
 * behind a stall is not left out of the figures (coordinated omission).
 */
public final class LatencyRun {

	private static final long TICK_MILLIS = 50;

	/** How long hashes of stored requests may come after the last response. */
	private static final Duration RECEIPTS = Duration.ofSeconds(5);

	private final Exchange exchange;

	private final RunSpec spec;

	private final String text;

	private final RoundTrips trips;

	private final int run = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);

	private final AtomicInteger next = new AtomicInteger();

	/** Places in the closed loop whose requests ended without a response. */
	private final AtomicInteger vacant = new AtomicInteger();

	private final AtomicInteger publishErrors = new AtomicInteger();

	private final AtomicInteger receiptsDue = new AtomicInteger();

	private final AtomicLong lastResponse = new AtomicLong();

	private final CountDownLatch done = new CountDownLatch(1);

	private final long start = System.nanoTime();

	private int timeouts;

	private int oldestOpen;

	private LatencyRun(Exchange exchange, RunSpec spec) {
		this.exchange = exchange;
		this.spec = spec;
		this.text = "x".repeat(spec.payloadBytes());
		this.trips = new RoundTrips(spec.messages());
	}

	/**
	 * Runs.
	 * @param exchange what to run over; not used by anything else meanwhile
	 * @param spec what to do
	 * @param progress is shown how far it is
	 * @param label name of the run in the progress
	 * @return the result; requests that did not come back are counted, not thrown
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public static RunResult run(Exchange exchange, RunSpec spec, Progress progress, String label)
			throws InterruptedException {
		LatencyRun run = new LatencyRun(exchange, spec);
		exchange.listen(run::received);
		try {
			return run.execute(progress, label);
		}
		finally {
			exchange.listen(null);
		}
	}

	private RunResult execute(Progress progress, String label) throws InterruptedException {
		if (this.spec.rate() > 0) {
			Thread pacer = new Thread(this::sendAtRate, "pingpong-open-loop");
			pacer.setDaemon(true);
			pacer.start();
		}
		else {
			fill(this.spec.concurrency());
		}
		while (!this.done.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
			expire();
			if (this.spec.rate() == 0) {
				fill(this.vacant.getAndSet(0));
			}
			endIfComplete();
			progress.show(label, this.trips.ended(), this.spec.messages());
		}
		awaitReceipts();
		progress.show(label, this.spec.messages(), this.spec.messages());
		return result();
	}

	private void fill(int places) {
		for (int i = 0; i < places; i++) {
			sendNext();
		}
	}

	private void sendNext() {
		if (isTimeUp()) {
			return;
		}
		int sequence = this.next.getAndIncrement();
		if (sequence < this.spec.messages()) {
			send(sequence, now());
		}
	}

	private void sendAtRate() {
		double interval = 1e9 / this.spec.rate();
		long begin = now();
		for (int sequence = 0; sequence < this.spec.messages() && !isTimeUp(); sequence++) {
			long due = begin + (long) (sequence * interval);
			for (long wait = due - now(); wait > 0; wait = due - now()) {
				LockSupport.parkNanos(wait);
			}
			this.next.incrementAndGet();
			send(sequence, due);
		}
	}

	private void send(int sequence, long due) {
		this.trips.sent(sequence, due);
		this.receiptsDue.incrementAndGet();
		CompletableFuture<String> stored;
		try {
			stored = this.exchange.send(this.run, sequence, this.text);
		}
		catch (RuntimeException ex) {
			stored = CompletableFuture.failedFuture(ex);
		}
		stored.whenComplete((hash, failure) -> {
			if (failure == null) {
				this.trips.stored(sequence, hash);
			}
			else if (this.trips.failed(sequence)) {
				this.publishErrors.incrementAndGet();
				this.vacant.incrementAndGet();
			}
			this.receiptsDue.decrementAndGet();
		});
	}

	private void received(int ofRun, int sequence, String requestHash, boolean verified) {
		long at = now();
		if (ofRun != this.run || !this.trips.answered(sequence, at, requestHash, verified)) {
			return; // of an earlier run, or delivered again
		}
		this.lastResponse.accumulateAndGet(at, Math::max);
		if (this.spec.rate() == 0) {
			sendNext();
		}
		if (this.trips.ended() == this.spec.messages()) {
			this.done.countDown();
		}
	}

	private void expire() {
		long oldest = now() - this.spec.timeout().toNanos();
		int sent = Math.min(this.next.get(), this.spec.messages());
		while (this.oldestOpen < sent && this.trips.sentAt(this.oldestOpen) >= 0
				&& !this.trips.isOpen(this.oldestOpen)) {
			this.oldestOpen++;
		}
		for (int i = this.oldestOpen; i < sent; i++) {
			if (this.trips.isOpen(i) && this.trips.sentAt(i) < oldest && this.trips.failed(i)) {
				this.timeouts++;
				this.vacant.incrementAndGet();
			}
		}
	}

	private void endIfComplete() {
		int sent = Math.min(this.next.get(), this.spec.messages());
		boolean all = this.trips.ended() == this.spec.messages();
		if (all || (isTimeUp() && this.trips.ended() >= sent)) {
			this.done.countDown();
		}
	}

	/**
	 * A response can overtake the broker's receipt for its request.
	 */
	private void awaitReceipts() {
		long end = System.nanoTime() + RECEIPTS.toNanos();
		while (this.receiptsDue.get() > 0 && System.nanoTime() < end) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
	}

	private RunResult result() {
		long[] sentAt = this.trips.sentAt();
		long first = Long.MAX_VALUE;
		for (long at : sentAt) {
			first = (at >= 0) ? Math.min(first, at) : first;
		}
		Duration elapsed = Duration.ofNanos(Math.max(0, this.lastResponse.get() - first));
		Errors errors = new Errors(this.publishErrors.get(), this.trips.mismatches(), this.timeouts);
		return new RunResult(this.spec, this.trips.latencies(), sentAt, elapsed, errors, this.trips.hashesVerified());
	}

	private boolean isTimeUp() {
		return now() > this.spec.limit().toNanos();
	}

	private long now() {
		return System.nanoTime() - this.start;
	}

}
