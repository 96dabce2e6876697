package io.agentflow.messaging.sample.harness;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Figures of one call of the harness; also what a baseline holds.
 *
 * @param recordedAt when they were taken
 * @param surroundings where they were taken
 * @param scenarios the figures
 */
public record PerfReport(Instant recordedAt, Surroundings surroundings, List<ScenarioFigures> scenarios) {

	/**
	 * Finds a scenario.
	 * @param name its name
	 * @return its figures, if it was run
	 */
	public Optional<ScenarioFigures> scenario(String name) {
		return this.scenarios.stream().filter((figures) -> figures.name().equals(name)).findFirst();
	}

}
