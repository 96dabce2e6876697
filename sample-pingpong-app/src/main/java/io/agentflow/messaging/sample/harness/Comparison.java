package io.agentflow.messaging.sample.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario against jnats alone, in turns.
 */
final class Comparison {

	private final Exchange ours;

	private final Exchange raw;

	private final Progress progress;

	Comparison(Exchange ours, Exchange raw, Progress progress) {
		this.ours = ours;
		this.raw = raw;
		this.progress = progress;
	}

	/**
	 * Warms both up and measures.
	 * @param thresholds what must be reached
	 */
	ScenarioFigures run(Scenario scenario, int repetitions, Thresholds thresholds) throws InterruptedException {
		// The very first messages of ours must be the cold ones, so it goes first.
		ScenarioResult first = scenario.run(this.ours, this.progress);
		scenario.run(this.raw, this.progress);
		List<Repetition> turns = new ArrayList<>();
		for (int i = 1; i <= repetitions; i++) {
			String label = String.format(Locale.ROOT, "%s %d/%d", scenario.name(), i, repetitions);
			turns.add(new Repetition(LatencyRun.run(this.raw, scenario.spec(), this.progress, label),
					LatencyRun.run(this.ours, scenario.spec(), this.progress, label),
					LatencyRun.run(this.raw, scenario.spec(), this.progress, label)));
		}
		return figures(scenario, first.cold(), turns, thresholds);
	}

	private static ScenarioFigures figures(Scenario scenario, @Nullable RunResult cold, List<Repetition> turns,
			Thresholds thresholds) {
		List<RunResult> ours = turns.stream().map(Repetition::ours).toList();
		List<RunResult> raw = turns.stream().map(Repetition::before).toList();
		Measured measured = Measured.median(ours);
		long[] all = ours.stream().flatMapToLong((run) -> LongStream.of(run.latencies())).toArray();
		RunResult.Errors errors = ours.stream()
			.map(RunResult::errors)
			.reduce(new RunResult.Errors(0, 0, 0), RunResult.Errors::plus);
		int verified = ours.stream().mapToInt(RunResult::hashesVerified).sum();
		return new ScenarioFigures(scenario.name(), scenario.spec(), scenario.tracing(), turns.size(), measured,
				LatencyStats.of(all), (cold != null) ? cold.stats() : null, errors, verified, Measured.median(raw),
				Ratios.of(turns), Curves.of(turns), thresholds.judge(measured).violations());
	}

}
