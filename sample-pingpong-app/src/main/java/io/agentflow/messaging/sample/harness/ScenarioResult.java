package io.agentflow.messaging.sample.harness;

import org.jspecify.annotations.Nullable;

/**
 * What a scenario has given.
 *
 * @param scenario what was run
 * @param cold the first requests after the start, or {@code null} if nothing was warmed
 * up
 * @param measured the requests that count
 */
public record ScenarioResult(Scenario scenario, @Nullable RunResult cold, RunResult measured) {

	/**
	 * Tells whether the hash of each request and of each response was verified.
	 * @return whether
	 */
	public boolean allHashesVerified() {
		return this.measured.hashesVerified() == hashesExpected();
	}

	/**
	 * Tells whether every message came back and every hash was verified.
	 * @return whether
	 */
	public boolean isComplete() {
		return this.measured.lost() == 0 && allHashesVerified();
	}

	/**
	 * Counts the hashes of a complete run.
	 * @return two for each round trip
	 */
	public int hashesExpected() {
		return 2 * this.measured.spec().messages();
	}

}
