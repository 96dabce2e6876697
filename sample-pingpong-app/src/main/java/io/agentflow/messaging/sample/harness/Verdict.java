package io.agentflow.messaging.sample.harness;

import java.util.List;

/**
 * Whether a run has reached what it must.
 *
 * @param violations one line for each threshold that it has missed; empty if none
 */
public record Verdict(List<String> violations) {

	/**
	 * Copies the list.
	 */
	public Verdict {
		violations = List.copyOf(violations);
	}

	/**
	 * Tells whether every threshold holds.
	 * @return whether
	 */
	public boolean isPassed() {
		return this.violations.isEmpty();
	}

}
