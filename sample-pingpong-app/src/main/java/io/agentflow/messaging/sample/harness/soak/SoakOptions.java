package io.agentflow.messaging.sample.harness.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.springframework.boot.convert.DurationStyle;

/**
 * What a soak is asked to do.
 *
 * @param duration how long the load lasts
 * @param slices stretches that it is cut into, 2 or more
 * @param load part of the largest throughput, above 0 and below 1
 * @param rate round trips per second in place of that part; 0 to find the largest
 * throughput first
 * @param payloadBytes length of the text
 * @param report directory of the report
 */
public record SoakOptions(Duration duration, int slices, double load, double rate, int payloadBytes, Path report) {

	/** Help. */
	public static final String USAGE = """
			Loads the ping-pong for minutes and looks whether heap, threads or latency grow.
			  perf soak [options]
			  --duration=10m                how long the load lasts
			  --load=0.7                    part of the largest throughput, which is found first
			  --rate=N                      round trips per second instead
			  --payload-bytes=N             length of the text (1024)
			  --report=DIR                  where soak.json, soak.md and soak.html go (target/perf)
			Exit code: 0 nothing grew, 1 something did, 2 wrong options.
			""";

	private static final Set<String> NAMES = Set.of("duration", "load", "rate", "payload-bytes", "report", "baselines");

	private static final int MAX_SLICES = 10;

	private static final Duration SHORTEST_SLICE = Duration.ofSeconds(1);

	/**
	 * Checks the bounds.
	 */
	public SoakOptions {
		require(slices >= 2, "--duration must be 2 s or more");
		require(load > 0 && load < 1, "--load must be above 0 and below 1");
		require(rate >= 0, "--rate must be 0 or more");
	}

	/**
	 * Reads the command line.
	 * @param args the words behind {@code perf soak}
	 * @return the options
	 * @throws IllegalArgumentException for an option that there is not, or a wrong value
	 */
	public static SoakOptions parse(List<String> args) {
		Map<String, String> values = new TreeMap<>();
		for (String arg : args) {
			int equals = arg.indexOf('=');
			String name = (arg.startsWith("--") && equals > 0) ? arg.substring(2, equals) : "";
			require(NAMES.contains(name), "perf soak does not know '" + arg + "'");
			values.put(name, arg.substring(equals + 1));
		}
		Duration duration = DurationStyle.detectAndParse(values.getOrDefault("duration", "10m"));
		int slices = (int) Math.min(MAX_SLICES, duration.toMillis() / SHORTEST_SLICE.toMillis());
		return new SoakOptions(duration, slices, Double.parseDouble(values.getOrDefault("load", "0.7")),
				Double.parseDouble(values.getOrDefault("rate", "0")),
				Integer.parseInt(values.getOrDefault("payload-bytes", "1024")),
				Path.of(values.getOrDefault("report", "target/perf")));
	}

	private static void require(boolean met, String otherwise) {
		if (!met) {
			throw new IllegalArgumentException(otherwise);
		}
	}

}
