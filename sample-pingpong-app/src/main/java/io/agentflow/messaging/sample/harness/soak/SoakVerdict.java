package io.agentflow.messaging.sample.harness.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Judges a soak by how its end compares with its beginning.
 */
final class SoakVerdict {

	/**
	 * What a heap may grow by without being a leak: caches fill, and a collection is not
	 * exact.
	 */
	static final double HEAP_GROWTH = 1.1;

	static final double HEAP_SLACK_MEGABYTES = 4;

	/** Pools grow to their size once; a thread for each message would be thousands. */
	static final int THREADS_SLACK = 3;

	static final double P99_GROWTH = 2;

	private SoakVerdict() {
	}

	/**
	 * Lists what got worse.
	 * @param slices two or more, in order
	 * @return one line each; empty if nothing did
	 */
	static List<String> violations(List<SoakSlice> slices) {
		SoakSlice first = slices.get(0);
		SoakSlice last = slices.get(slices.size() - 1);
		List<String> found = new ArrayList<>();
		double heapBar = first.heapMegabytes() * HEAP_GROWTH + HEAP_SLACK_MEGABYTES;
		if (last.heapMegabytes() > heapBar) {
			found.add(format("the heap after collection grew from %.1f to %.1f MB, not below %.1f", //
					first.heapMegabytes(), last.heapMegabytes(), heapBar));
		}
		if (last.threads() > first.threads() + THREADS_SLACK) {
			found.add(format("threads grew from %d to %d", first.threads(), last.threads()));
		}
		if (last.p99() > first.p99() * P99_GROWTH) {
			found.add(
					format("p99 went from %.2f to %.2f ms, more than %.0f times", first.p99(), last.p99(), P99_GROWTH));
		}
		int errors = slices.stream().mapToInt(SoakSlice::errors).sum();
		if (errors > 0) {
			found.add(errors + " requests went wrong or did not come back");
		}
		return found;
	}

	private static String format(String format, Object... args) {
		return String.format(Locale.ROOT, format, args);
	}

}
