package io.agentflow.messaging.benchmarks.peers;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Figures of one run, or medians of several.
 *
 * @param p50 milliseconds that half of the round trips took no longer than
 * @param p95 milliseconds that 95 % took no longer than
 * @param throughput round trips per second
 * @param errors what went wrong, in all runs
 * @param completed round trips, in all runs
 */
public record PeerFigures(double p50, double p95, double throughput, int errors, int completed) {

	static PeerFigures parse(String line) {
		String[] words = line.split(" ", -1);
		return new PeerFigures(Double.parseDouble(words[1]), Double.parseDouble(words[2]), Double.parseDouble(words[3]),
				Integer.parseInt(words[4]), Integer.parseInt(words[5]));
	}

	static PeerFigures median(List<PeerFigures> all) {
		return new PeerFigures(median(all, PeerFigures::p50), median(all, PeerFigures::p95),
				median(all, PeerFigures::throughput), all.stream().mapToInt(PeerFigures::errors).sum(),
				all.stream().mapToInt(PeerFigures::completed).sum());
	}

	private static double median(List<PeerFigures> all, ToDoubleFunction<PeerFigures> figure) {
		double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle]
				: Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
	}

}
