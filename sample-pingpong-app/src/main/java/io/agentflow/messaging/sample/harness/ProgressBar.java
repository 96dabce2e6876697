package io.agentflow.messaging.sample.harness;

import java.io.PrintStream;
import java.util.Locale;

/**
 * A bar that is drawn over itself and gone when the run is.
 */
final class ProgressBar implements Progress {

	private static final int WIDTH = 40;

	private static final String ERASE = "\r\033[K";

	private final PrintStream out;

	ProgressBar(PrintStream out) {
		this.out = out;
	}

	@Override
	public void show(String label, int done, int total) {
		if (done >= total) {
			this.out.print(ERASE);
		}
		else {
			int filled = (int) ((long) WIDTH * done / total);
			this.out.printf(Locale.ROOT, "%s%-16s [%s%s] %d / %d", ERASE, label, "#".repeat(filled),
					".".repeat(WIDTH - filled), done, total);
		}
		this.out.flush();
	}

}
