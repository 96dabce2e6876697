package io.agentflow.messaging.sample.harness;

import java.util.List;
import java.util.Locale;

/**
 * A report for a pull request or a note.
 */
final class MarkdownReport {

	private static final String HEAD = """
			# Ping-pong

			%s, %d processors, %s, %s, nats-server %s, commit %s, %s

			| scenario | p50 ms | p90 | p95 | p99 | p99.9 | max | per second | completed | errors | cold p95 |
			|---|---|---|---|---|---|---|---|---|---|---|
			""";

	private static final String RATIOS = """

			Against jnats alone in the same process and minute, medians over the repetitions. The control compares jnats with itself:
			beyond 0.95 to 1.05 the machine was too busy for firm figures.

			| scenario | repetitions | p50 | jnats p50 | p50 ratio | p95 ratio | throughput ratio | control |
			|---|---|---|---|---|---|---|---|
			""";

	private MarkdownReport() {
	}

	static String of(PerfReport report, List<String> regressions) {
		Surroundings place = report.surroundings();
		StringBuilder text = new StringBuilder(format(HEAD, place.processor(), place.processors(), place.system(),
				place.jvm(), place.server(), place.commit(), report.recordedAt()));
		for (ScenarioFigures figures : report.scenarios()) {
			LatencyStats stats = figures.latency();
			LatencyStats cold = figures.cold();
			text.append(format("| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.0f | %.2f %% | %d | %s |%n",
					figures.name(), stats.p50(), stats.p90(), stats.p95(), stats.p99(), stats.p999(), stats.max(),
					figures.measured().throughput(), 100 * figures.measured().completion(), figures.errors().total(),
					(cold != null) ? format("%.2f", cold.p95()) : "–"));
		}
		text.append(RATIOS);
		for (ScenarioFigures figures : report.scenarios()) {
			Ratios ratios = figures.ratios();
			text.append(format("| %s | %d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f%s |%n", figures.name(),
					figures.repetitions(), figures.measured().p50(), figures.raw().p50(), ratios.p50(), ratios.p95(),
					ratios.throughput(), ratios.control(), ratios.isFirm() ? "" : " (not firm)"));
		}
		report.scenarios()
			.forEach((figures) -> figures.violations()
				.forEach((line) -> text.append(format("%n- **%s:** %s", figures.name(), line))));
		regressions.forEach((line) -> text.append(format("%n- **regression:** %s", line)));
		return text.append('\n').toString();
	}

	private static String format(String format, Object... args) {
		return String.format(Locale.ROOT, format.replace("%n", "\n"), args);
	}

}
