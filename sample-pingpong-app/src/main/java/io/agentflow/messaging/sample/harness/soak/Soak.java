package io.agentflow.messaging.sample.harness.soak;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.agentflow.messaging.sample.harness.Exchange;
import io.agentflow.messaging.sample.harness.LatencyRun;
import io.agentflow.messaging.sample.harness.LatencyStats;
import io.agentflow.messaging.sample.harness.Progress;
import io.agentflow.messaging.sample.harness.RunResult;
import io.agentflow.messaging.sample.harness.RunSpec;

/**
 * Holds an exchange under a constant load, an open loop, and looks at it after each
 * stretch.
 */
public final class Soak {

	private static final int PROBE_MESSAGES = 20_000;

	private static final int PROBE_IN_FLIGHT = 50;

	private static final double BYTES_PER_MEGABYTE = 1 << 20;

	private final SoakOptions options;

	private final PrintStream out;

	/**
	 * Prepares.
	 * @param options what to do
	 * @param out where lines go
	 */
	public Soak(SoakOptions options, PrintStream out) {
		this.options = options;
		this.out = out;
	}

	/**
	 * Loads and judges.
	 * @param exchange what is loaded
	 * @param server version of the server, for the report
	 * @return the exit code: 0 nothing grew, 1 something did
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public int run(Exchange exchange, String server) throws InterruptedException {
		double rate = (this.options.rate() > 0) ? this.options.rate() : this.options.load() * largest(exchange);
		this.out.println(format("Load: %.0f round trips per second for %s", rate, this.options.duration()));
		List<SoakSlice> slices = new ArrayList<>();
		for (int i = 1; i <= this.options.slices(); i++) {
			SoakSlice slice = slice(exchange, rate);
			slices.add(slice);
			this.out.println(format("%2d/%d  p50 %.2f ms  p99 %.2f ms  %d errors  heap %.1f MB  %d threads", i,
					this.options.slices(), slice.p50(), slice.p99(), slice.errors(), slice.heapMegabytes(),
					slice.threads()));
		}
		List<String> violations = SoakVerdict.violations(slices);
		SoakReport.of(rate, server, slices, violations).write(this.options.report());
		this.out.println("Report: " + this.options.report().resolve("soak.html"));
		violations.forEach((line) -> this.out.println("FAILED: " + line));
		if (violations.isEmpty()) {
			this.out.println("PASSED");
		}
		return violations.isEmpty() ? 0 : 1;
	}

	/**
	 * The first time warms up.
	 */
	private double largest(Exchange exchange) throws InterruptedException {
		RunSpec spec = RunSpec.closedLoop(PROBE_MESSAGES, PROBE_IN_FLIGHT, this.options.payloadBytes());
		LatencyRun.run(exchange, spec, Progress.NONE, "warm-up");
		double largest = LatencyRun.run(exchange, spec, Progress.NONE, "largest throughput").throughput();
		this.out.println(format("Largest throughput: %.0f round trips per second", largest));
		return largest;
	}

	private SoakSlice slice(Exchange exchange, double rate) throws InterruptedException {
		Duration length = this.options.duration().dividedBy(this.options.slices());
		int messages = (int) Math.max(1, rate * length.toMillis() / 1000);
		RunSpec spec = RunSpec.closedLoop(messages, 1, this.options.payloadBytes()).withRate(rate);
		RunResult result = LatencyRun.run(exchange, spec, Progress.NONE, "soak");
		LatencyStats stats = result.stats();
		int errors = result.errors().total() + (result.sent() - result.completed() - result.errors().timeout());
		double seconds = result.elapsed().toMillis() / 1000.0;
		int completed = result.completed();
		result = null; // its arrays are not what is looked for
		return new SoakSlice(seconds, completed, Math.max(0, errors), stats.p50(), stats.p99(), heapAfterCollection(),
				ManagementFactory.getThreadMXBean().getThreadCount());
	}

	private static double heapAfterCollection() {
		ManagementFactory.getMemoryMXBean().gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / BYTES_PER_MEGABYTE;
	}

	private static String format(String format, Object... args) {
		return String.format(Locale.ROOT, format, args);
	}

}
