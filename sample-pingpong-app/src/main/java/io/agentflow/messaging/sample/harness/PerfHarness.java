package io.agentflow.messaging.sample.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.agentflow.messaging.sample.harness.PerfOptions.Mode;

/**
 * Runs scenarios, writes the report and decides.
 */
public final class PerfHarness {

	private final PerfOptions options;

	private final Map<String, String> environment;

	private final PrintStream out;

	private final Progress progress;

	/**
	 * Prepares.
	 * @param options what to do
	 * @param environment environment variables, for thresholds
	 * @param out where lines go
	 * @param progress is shown how far it is
	 */
	public PerfHarness(PerfOptions options, Map<String, String> environment, PrintStream out, Progress progress) {
		this.options = options;
		this.environment = environment;
		this.out = out;
		this.progress = progress;
	}

	/**
	 * Runs.
	 * @param exchanges makes what is compared
	 * @return the exit code: 0 passed, 1 failed
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public int run(ExchangeFactory exchanges) throws InterruptedException {
		if (Boolean.parseBoolean(this.environment.get("AF_SKIP_PERFORMANCE"))) {
			this.out.println("SKIPPED: AF_SKIP_PERFORMANCE is true, nothing was measured");
			return 0;
		}
		List<ScenarioFigures> figures = new ArrayList<>();
		for (Scenario scenario : this.options.scenarios()) {
			figures.add(run(exchanges, scenario));
		}
		PerfReport report = new PerfReport(Clock.systemUTC().instant(), Surroundings.look(exchanges.serverVersion()),
				figures);
		Baselines baselines = new Baselines(this.options.baselines());
		List<PerfReport> history = baselines.all();
		List<String> regressions = (history.isEmpty() || this.options.mode() == Mode.BASELINE) ? List.of()
				: Regressions.find(history.get(history.size() - 1), report);
		write(report, regressions, history);
		if (this.options.mode() == Mode.BASELINE) {
			this.out.println("Recorded " + baselines.record(report));
			return 0;
		}
		return decide(report, regressions, history.isEmpty());
	}

	private ScenarioFigures run(ExchangeFactory exchanges, Scenario scenario) throws InterruptedException {
		Thresholds thresholds = scenario.thresholds().overriddenBy(this.environment);
		try (Exchange ours = exchanges.ours(scenario.tracing()); Exchange raw = exchanges.raw()) {
			ScenarioFigures figures = new Comparison(ours, raw, this.progress).run(scenario, this.options.repetitions(),
					thresholds);
			this.out.println(String.format(Locale.ROOT,
					"%-17s p50 %6.2f ms  p95 %6.2f ms  %6.0f/s  against jnats: p50 %.2f  p95 %.2f  throughput %.2f  (control %.2f%s)",
					figures.name(), figures.measured().p50(), figures.measured().p95(), figures.measured().throughput(),
					figures.ratios().p50(), figures.ratios().p95(), figures.ratios().throughput(),
					figures.ratios().control(), figures.ratios().isFirm() ? "" : ", not firm"));
			return figures;
		}
	}

	private void write(PerfReport report, List<String> regressions, List<PerfReport> history) {
		Path directory = this.options.report();
		try {
			Files.createDirectories(directory);
			Baselines.write(directory.resolve("report.json"), report);
			Files.writeString(directory.resolve("report.md"), MarkdownReport.of(report, regressions));
			Files.writeString(directory.resolve("report.html"), HtmlReport.of(report, regressions, history));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write the report to " + directory, ex);
		}
		this.out.println("Report: " + directory.resolve("report.html"));
	}

	private int decide(PerfReport report, List<String> regressions, boolean nothingToCompare) {
		boolean passed = regressions.isEmpty();
		for (ScenarioFigures figures : report.scenarios()) {
			for (String violation : figures.violations()) {
				this.out.println("FAILED: " + figures.name() + ": " + violation);
				passed = false;
			}
		}
		regressions.forEach((line) -> this.out.println("FAILED: regression: " + line));
		if (nothingToCompare) {
			this.out.println(
					"No baseline in " + this.options.baselines() + " to compare with; 'perf baseline' records one");
		}
		if (passed) {
			this.out.println("PASSED");
		}
		return passed ? 0 : 1;
	}

}
