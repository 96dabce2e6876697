package io.agentflow.messaging.sample.harness;

import java.io.PrintStream;

/**
 * Shows how far a run has come. Called by one thread.
 */
public interface Progress {

	/** Shows nothing. */
	Progress NONE = (label, done, total) -> {
	};

	/**
	 * Shows the present state, called a few times a second and at the end of a run.
	 * @param label what is running
	 * @param done requests that have ended
	 * @param total requests in all
	 */
	void show(String label, int done, int total);

	/**
	 * Shows a bar on a terminal, and elsewhere a line for each quarter.
	 * @param out where to
	 * @param terminal whether a person watches
	 * @return the progress
	 */
	static Progress on(PrintStream out, boolean terminal) {
		return terminal ? new ProgressBar(out) : new ProgressLines(out);
	}

}
