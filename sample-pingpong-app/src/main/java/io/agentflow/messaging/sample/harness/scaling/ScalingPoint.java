package io.agentflow.messaging.sample.harness.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * One measurement: everything is at its usual value but what the sweep varies.
 *
 * @param sweep what is varied
 * @param value its value
 * @param payloadBytes length of the text
 * @param concurrency messages in flight
 * @param listeners listeners, each with a subject of its own if there are several
 * @param subjects subjects that messages go to by turns
 * @param stored messages that the stream holds before the first one
 */
public record ScalingPoint(String sweep, int value, int payloadBytes, int concurrency, int listeners, int subjects,
		int stored) {

	/**
	 * Lists the measurements.
	 * @param mostStored most messages to store before
	 * @return the points, sweep by sweep
	 */
	public static List<ScalingPoint> all(int mostStored) {
		List<ScalingPoint> points = new ArrayList<>();
		add(points, (n) -> new ScalingPoint("payload bytes", n, n, 16, 1, 1, 0), 256, 1024, 4096, 16_384, 65_536,
				262_144, 524_288);
		add(points, (n) -> new ScalingPoint("in flight", n, 1024, n, 1, 1, 0), 1, 2, 4, 8, 16, 32, 64);
		add(points, (n) -> new ScalingPoint("listeners", n, 1024, 16, n, n, 0), 1, 3, 10, 30, 100);
		add(points, (n) -> new ScalingPoint("subjects", n, 1024, 16, 1, n, 0), 1, 10, 100, 1000, 10_000);
		add(points, (n) -> new ScalingPoint("stored messages", n, 1024, 16, 1, 1, n),
				IntStream.of(10_000, 100_000, 1_000_000, 5_000_000).filter((n) -> n <= mostStored).toArray());
		return points;
	}

	/**
	 * Messages to measure by: fewer of large ones.
	 */
	int messages() {
		return Math.max(200, Math.min(10_000, 64_000_000 / Math.max(1, this.payloadBytes) / 8));
	}

	private static void add(List<ScalingPoint> points, IntFunction<ScalingPoint> point, int... values) {
		IntStream.of(values).mapToObj(point).forEach(points::add);
	}

}
