package io.agentflow.messaging.sample.harness;

import java.io.PrintStream;
import java.util.Locale;

/**
 * One line for each quarter of a run, for logs.
 */
final class ProgressLines implements Progress {

	private final PrintStream out;

	private String label = "";

	private int quarter;

	ProgressLines(PrintStream out) {
		this.out = out;
	}

	@Override
	public void show(String currentLabel, int done, int total) {
		int reached = (int) (4L * done / total);
		if (!currentLabel.equals(this.label) || reached < this.quarter) {
			this.label = currentLabel;
			this.quarter = 0;
		}
		if (reached > this.quarter) {
			this.quarter = reached;
			this.out.printf(Locale.ROOT, "%s: %d of %d%n", currentLabel, done, total);
		}
	}

}
