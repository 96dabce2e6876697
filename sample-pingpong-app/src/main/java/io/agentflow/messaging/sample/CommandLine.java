package io.agentflow.messaging.sample;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Options of the sample in their short form: {@code --messages=5000} for
 * {@code --pingpong.messages=5000}. Whatever has a dot in its name is Spring's.
 */
final class CommandLine {

	static final String USAGE = """
			Ping-pong over AgentFlow messaging. Options, each also a property pingpong.<name> and a variable AF_PINGPONG_<NAME>:
			  --role=pinger|ponger|both  what this instance does (both)
			  --messages=N               pings to measure (1000)
			  --concurrency=N            pings in flight (10)
			  --payload-bytes=N          length of the text in ping and pong (1024)
			  --warm-up=N                pings before those that are measured (5000); the first 1000 are shown as cold
			  --rate=N                   pings per second whatever the pongs do (0: the next ping when a pong comes)
			  --timeout=10s              a ping without pong for so long is lost
			  --limit=10m                no more pings after this time
			  --ponger-concurrency=N     threads that answer pings (1)
			  --agent=NAME               name of the pinger; its pongs come to agents.NAME.in (pinger-<random>)
			  --p95-threshold-ms=N, --p50-threshold-ms=N, --min-throughput=N
			                             what must be reached (15, 15, 100); AF_PERF_P95_THRESHOLD_MS, AF_PERF_P50_THRESHOLD_MS
			                             and AF_PERF_MIN_THROUGHPUT go before them
			  --verbose                  show the log
			The server is named by AF_BUS_URL. Exit code: 0 if all came back within the thresholds, 1 if not, 2 for wrong options.
			""";

	private static final Set<String> NAMES = Set.of("role", "messages", "concurrency", "payload-bytes", "warm-up",
			"rate", "timeout", "limit", "ponger-concurrency", "agent", "verbose", "p95-threshold-ms",
			"p50-threshold-ms", "min-throughput");

	private CommandLine() {
	}

	/**
	 * Writes options out in full.
	 * @throws IllegalArgumentException for an option that there is not
	 */
	static String[] expand(String... args) {
		return List.of(args).stream().map(CommandLine::expandOne).toArray(String[]::new);
	}

	private static String expandOne(String arg) {
		if (!arg.startsWith("--")) {
			throw new IllegalArgumentException("'" + arg + "' is no option; options start with --");
		}
		int equals = arg.indexOf('=');
		String name = ((equals < 0) ? arg.substring(2) : arg.substring(2, equals)).toLowerCase(Locale.ROOT);
		if (name.contains(".") || name.equals("debug") || name.equals("trace")) {
			return arg;
		}
		if (!NAMES.contains(name)) {
			throw new IllegalArgumentException("there is no option --" + name);
		}
		if (equals < 0 && !name.equals("verbose")) {
			throw new IllegalArgumentException("--" + name + " needs a value: --" + name + "=…");
		}
		return "--pingpong." + name + ((equals < 0) ? "=true" : arg.substring(equals));
	}

}
