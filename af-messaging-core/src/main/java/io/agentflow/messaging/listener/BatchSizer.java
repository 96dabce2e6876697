package io.agentflow.messaging.listener;

/**
 * Finds how many messages to hold from how long the handler takes: many while it is fast,
 * so that the broker is asked seldom; about two for each thread while it is slow, so that
 * other instances find work. Not thread-safe but for {@link #record}, whose races cost
 * accuracy only.
 */
final class BatchSizer {

	private static final int MAX = 500;

	/** Enough for a fast handler to start well, too few for a slow one to hoard. */
	private static final int INITIAL = 32;

	/** How much work may wait here, in seconds of the handler's time. */
	private static final double AHEAD_SECONDS = 0.5;

	/** Factor that the wanted number must be off by: a change by less is noise. */
	private static final double HYSTERESIS = 3;

	private static final double SMOOTHING = 0.1;

	private final int concurrency;

	private final int min;

	private final int max;

	private volatile double averageNanos = -1;

	private volatile int current;

	BatchSizer(int concurrency, int maxInFlight, int fixed) {
		this.concurrency = concurrency;
		this.max = (fixed > 0) ? fixed : Math.min(MAX, maxInFlight);
		this.min = (fixed > 0) ? fixed : Math.min(this.max, 2 * concurrency);
		this.current = Math.max(this.min, Math.min(this.max, INITIAL));
	}

	/**
	 * Takes note of a handled message.
	 */
	void record(long nanos) {
		double average = this.averageNanos;
		this.averageNanos = (average < 0) ? nanos : average + SMOOTHING * (nanos - average);
	}

	int current() {
		return this.current;
	}

	/**
	 * Decides anew.
	 */
	void adjust() {
		double average = this.averageNanos;
		if (average < 0) {
			return;
		}
		double perSecond = this.concurrency * 1e9 / Math.max(1, average);
		int wanted = (int) Math.max(this.min, Math.min(this.max, perSecond * AHEAD_SECONDS));
		boolean atBound = (wanted == this.min || wanted == this.max) && wanted != this.current;
		boolean far = wanted > this.current * HYSTERESIS || wanted * HYSTERESIS < this.current;
		if (far || (atBound && Math.abs(wanted - this.current) > this.concurrency)) {
			this.current = wanted;
		}
	}

}
