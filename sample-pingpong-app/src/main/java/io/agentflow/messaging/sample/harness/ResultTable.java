package io.agentflow.messaging.sample.harness;

import java.io.PrintStream;
import java.util.Locale;

/**
 * The figures of a scenario for the eye.
 */
public final class ResultTable {

	private ResultTable() {
	}

	/**
	 * Prints the figures, and each threshold that was missed.
	 * @param out where to
	 * @param result the figures
	 * @param verdict what was made of them
	 */
	public static void print(PrintStream out, ScenarioResult result, Verdict verdict) {
		RunResult run = result.measured();
		LatencyStats stats = run.stats();
		RunSpec spec = run.spec();
		out.println();
		out.println(format("%s: %d messages, %s, %d bytes", result.scenario().name(), spec.messages(),
				(spec.rate() > 0) ? format("%.0f per second", spec.rate()) : spec.concurrency() + " in flight",
				spec.payloadBytes()));
		row(out, "messages", "%d of %d", run.completed(), spec.messages());
		row(out, "lost", "%d", run.lost());
		row(out, "p50", "%.2f ms", stats.p50());
		row(out, "p95", "%.2f ms", stats.p95());
		row(out, "p99", "%.2f ms", stats.p99());
		row(out, "max", "%.2f ms", stats.max());
		row(out, "messages per second", "%.0f", run.throughput());
		row(out, "hashes verified", "%d of %d", run.hashesVerified(), result.hashesExpected());
		if (run.errors().total() > 0) {
			row(out, "errors", "publish %d, consume %d, timeout %d", run.errors().publish(), run.errors().consume(),
					run.errors().timeout());
		}
		if (result.cold() != null) {
			LatencyStats cold = result.cold().stats();
			row(out, "cold, first " + cold.count(), "p50 %.2f ms, p95 %.2f ms", cold.p50(), cold.p95());
		}
		out.println();
		verdict.violations().forEach((violation) -> out.println("FAILED: " + violation));
		if (run.lost() > 0) {
			out.println("FAILED: " + run.lost() + " messages did not come back");
		}
		if (!result.allHashesVerified()) {
			out.println("FAILED: not every hash was verified");
		}
		if (verdict.isPassed() && result.isComplete()) {
			out.println("PASSED");
		}
	}

	private static void row(PrintStream out, String name, String format, Object... values) {
		out.println(format("  %-20s %s", name, format(format, values)));
	}

	private static String format(String format, Object... args) {
		return String.format(Locale.ROOT, format, args);
	}

}
