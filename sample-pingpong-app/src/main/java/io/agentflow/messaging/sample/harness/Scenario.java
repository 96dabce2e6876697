package io.agentflow.messaging.sample.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run with a name, what goes before it and what it must reach.
 *
 * @param name its name
 * @param spec what is measured
 * @param warmUp requests before those that are measured, 0 or more
 * @param tracing whether every message is traced
 * @param thresholds what it must reach
 */
public record Scenario(String name, RunSpec spec, int warmUp, boolean tracing, Thresholds thresholds) {

	/** Requests after a start that are reported as cold. */
	public static final int COLD = 1000;

	/** Enough for the compiler to be done with the path of a message. */
	public static final int DEFAULT_WARM_UP = 5000;

	/**
	 * Checks the bounds.
	 */
	public Scenario {
		if (warmUp < 0) {
			throw new IllegalArgumentException("warm-up must be 0 or more, not " + warmUp);
		}
	}

	/**
	 * Lists the scenarios of the gate.
	 * @return baseline first
	 */
	public static List<Scenario> all() {
		return List.of(of("baseline", RunSpec.closedLoop(1000, 10, 1024), false, Thresholds.baseline()),
				of("high-concurrency", RunSpec.closedLoop(2000, 50, 1024), false, Thresholds.latency(25, 15)),
				of("large-payload", RunSpec.closedLoop(500, 5, 16 * 1024), false, Thresholds.baseline()),
				of("tracing", RunSpec.closedLoop(500, 5, 1024), true, Thresholds.baseline()),
				of("single", RunSpec.closedLoop(1000, 1, 1024), false, Thresholds.baseline()));
	}

	/**
	 * Finds scenarios.
	 * @param name name of one, or {@code all}
	 * @return the scenarios
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public static List<Scenario> named(String name) {
		String wanted = name.toLowerCase(Locale.ROOT);
		List<Scenario> found = all().stream()
			.filter((scenario) -> wanted.equals("all") || scenario.name().equals(wanted))
			.toList();
		if (found.isEmpty()) {
			throw new IllegalArgumentException("There is no scenario '" + name + "'; there are "
					+ String.join(", ", all().stream().map(Scenario::name).toList()) + " and all");
		}
		return found;
	}

	/**
	 * Warms up and measures.
	 * @param exchange what to run over
	 * @param progress is shown how far it is
	 * @return the results
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public ScenarioResult run(Exchange exchange, Progress progress) throws InterruptedException {
		RunResult cold = null;
		List<Integer> warmUps = new ArrayList<>();
		if (this.warmUp > 0) {
			warmUps.add(Math.min(COLD, this.warmUp));
			warmUps.add(this.warmUp - warmUps.get(0));
		}
		for (int messages : warmUps) {
			if (messages > 0) {
				RunResult result = LatencyRun.run(exchange, this.spec.withMessages(messages), progress, "warm-up");
				cold = (cold == null) ? result : cold;
			}
		}
		return new ScenarioResult(this, cold, measure(exchange, progress));
	}

	/**
	 * Measures without warming up.
	 * @param exchange what to run over
	 * @param progress is shown how far it is
	 * @return the result
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public RunResult measure(Exchange exchange, Progress progress) throws InterruptedException {
		return LatencyRun.run(exchange, this.spec, progress, this.name);
	}

	private static Scenario of(String name, RunSpec spec, boolean tracing, Thresholds thresholds) {
		return new Scenario(name, spec, DEFAULT_WARM_UP, tracing, thresholds);
	}

}
