package io.agentflow.messaging.sample.harness;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a scenario.
 *
 * @param name the scenario
 * @param spec what each repetition ran
 * @param tracing whether every message was traced
 * @param repetitions number of repetitions
 * @param measured medians over the repetitions
 * @param latency all round trips of all repetitions
 * @param cold the first requests after the start, or {@code null}
 * @param errors what went wrong, over all repetitions
 * @param hashesVerified hashes verified, over all repetitions
 * @param raw medians of jnats alone
 * @param ratios medians of the comparison with jnats alone
 * @param curves what the charts show
 * @param violations thresholds missed
 */
public record ScenarioFigures(String name, RunSpec spec, boolean tracing, int repetitions, Measured measured,
		LatencyStats latency, @Nullable LatencyStats cold, RunResult.Errors errors, int hashesVerified, Measured raw,
		Ratios ratios, Curves curves, List<String> violations) {
}
