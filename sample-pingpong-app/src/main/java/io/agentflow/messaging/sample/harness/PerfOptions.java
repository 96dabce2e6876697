package io.agentflow.messaging.sample.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * What the harness is asked to do.
 *
 * @param mode how strict it is
 * @param scenarios what to run, in order
 * @param repetitions turns of each scenario, 1 or more
 * @param report directory of the report
 * @param baselines directory of the recorded baselines
 */
public record PerfOptions(Mode mode, List<Scenario> scenarios, int repetitions, Path report, Path baselines) {

	/** Help. */
	public static final String USAGE = """
			Runs ping-pong scenarios in turns with jnats alone, and compares with the newest baseline.
			  perf [baseline] [options]     'baseline' records the figures instead
			  --scenario=NAME               baseline, high-concurrency, large-payload, tracing, single, or all (all; in ci mode baseline)
			  --repetitions=N               turns of each scenario (5)
			  --messages=N --concurrency=N --payload-bytes=N --warm-up=N --rate=N --limit=10m --tracing=true|false
			                                in place of the scenario's own; a rate makes it an open loop
			  --report=DIR                  where report.json, report.md and report.html go (target/perf)
			  --baselines=DIR               where baselines are kept (perf-baselines)
			AF_PERF_P95_THRESHOLD_MS, AF_PERF_P50_THRESHOLD_MS and AF_PERF_MIN_THROUGHPUT override thresholds, AF_SKIP_PERFORMANCE=true
			skips all, AF_PERFORMANCE_MODE=ci|local|baseline chooses the mode. Exit code: 0 passed, 1 failed, 2 wrong options.
			""";

	private static final Set<String> NAMES = Set.of("scenario", "repetitions", "messages", "concurrency",
			"payload-bytes", "warm-up", "rate", "limit", "tracing", "report", "baselines");

	/**
	 * How strict the harness is.
	 */
	public enum Mode {

		/** Thresholds and baseline decide; all scenarios. */
		LOCAL,

		/** Thresholds and baseline decide; the baseline scenario, plain lines. */
		CI,

		/** Nothing decides: the figures are recorded. */
		BASELINE

	}

	/**
	 * Reads the command line.
	 * @param args the words behind {@code perf}
	 * @param environment the environment variables
	 * @return the options
	 * @throws IllegalArgumentException for an option that there is not, or a wrong value
	 */
	public static PerfOptions parse(List<String> args, Map<String, String> environment) {
		Map<String, String> values = new TreeMap<>();
		Mode mode = mode(environment.get("AF_PERFORMANCE_MODE"));
		for (String arg : args) {
			if (arg.equals("baseline")) {
				mode = Mode.BASELINE;
				continue;
			}
			int equals = arg.indexOf('=');
			String name = (arg.startsWith("--") && equals > 0) ? arg.substring(2, equals) : "";
			if (!NAMES.contains(name)) {
				throw new IllegalArgumentException("perf does not know '" + arg + "'");
			}
			values.put(name, arg.substring(equals + 1));
		}
		String scenario = values.getOrDefault("scenario", (mode == Mode.CI) ? "baseline" : "all");
		List<Scenario> scenarios = Scenario.named(scenario).stream().map((one) -> adapt(one, values)).toList();
		int repetitions = whole(values, "repetitions", 5);
		if (repetitions < 1) {
			throw new IllegalArgumentException("--repetitions must be 1 or more");
		}
		return new PerfOptions(mode, scenarios, repetitions, Path.of(values.getOrDefault("report", "target/perf")),
				Path.of(values.getOrDefault("baselines", "perf-baselines")));
	}

	private static Scenario adapt(Scenario scenario, Map<String, String> values) {
		RunSpec spec = scenario.spec();
		RunSpec adapted = new RunSpec(whole(values, "messages", spec.messages()),
				whole(values, "concurrency", spec.concurrency()), whole(values, "payload-bytes", spec.payloadBytes()),
				number(values, "rate", spec.rate()), spec.timeout(), duration(values.get("limit"), spec.limit()));
		String tracing = values.get("tracing");
		return new Scenario(scenario.name(), adapted, whole(values, "warm-up", scenario.warmUp()),
				(tracing != null) ? Boolean.parseBoolean(tracing) : scenario.tracing(), scenario.thresholds());
	}

	private static Mode mode(@Nullable String name) {
		if (name == null || name.isBlank()) {
			return Mode.LOCAL;
		}
		try {
			return Mode.valueOf(name.trim().toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("AF_PERFORMANCE_MODE must be ci, local or baseline, not '" + name + "'",
					ex);
		}
	}

	private static int whole(Map<String, String> values, String name, int otherwise) {
		double number = number(values, name, otherwise);
		if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("--" + name + " must be a whole number");
		}
		return (int) number;
	}

	private static double number(Map<String, String> values, String name, double otherwise) {
		String text = values.get(name);
		try {
			return (text != null) ? Double.parseDouble(text) : otherwise;
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("--" + name + " must be a number, not '" + text + "'", ex);
		}
	}

	private static Duration duration(@Nullable String text, Duration otherwise) {
		return (text != null) ? DurationStyle.detectAndParse(text) : otherwise;
	}

}
