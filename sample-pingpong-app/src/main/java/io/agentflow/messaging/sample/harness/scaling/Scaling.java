package io.agentflow.messaging.sample.harness.scaling;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import io.agentflow.messaging.sample.harness.Exchange;
import io.agentflow.messaging.sample.harness.LatencyRun;
import io.agentflow.messaging.sample.harness.Measured;
import io.agentflow.messaging.sample.harness.Progress;
import io.agentflow.messaging.sample.harness.RunResult;
import io.agentflow.messaging.sample.harness.RunSpec;

/**
 * Measures one thing after the other at growing sizes and numbers.
 */
public final class Scaling {

	/** Help. */
	public static final String USAGE = """
			Measures throughput one way against payload, messages in flight, listeners, subjects and stored messages.
			  perf scaling [options]
			  --stored=N                    most messages to store before (1000000)
			  --report=DIR                  where scaling.json, scaling.md and scaling.html go (target/perf)
			Exit code: 0 measured, 1 messages were lost, 2 wrong options.
			""";

	private static final int ROUNDS = 3;

	private final PrintStream out;

	/**
	 * Prepares.
	 * @param out where lines go
	 */
	public Scaling(PrintStream out) {
		this.out = out;
	}

	/**
	 * Measures and reports.
	 * @param points what to measure
	 * @param exchanges makes what a point is measured over
	 * @param report directory of the report
	 * @return the exit code: 0, or 1 if messages were lost
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public int run(List<ScalingPoint> points, Function<ScalingPoint, Exchange> exchanges, Path report)
			throws InterruptedException {
		List<ScalingResult> results = new ArrayList<>();
		for (ScalingPoint point : points) {
			ScalingResult result = measure(point, exchanges);
			results.add(result);
			this.out.println(String.format(Locale.ROOT, "%-16s %9d  %8.0f/s  p50 %.2f ms  p95 %.2f ms  %d errors",
					point.sweep(), point.value(), result.throughput(), result.p50(), result.p95(), result.errors()));
		}
		ScalingReport.write(report, results);
		this.out.println("Report: " + report.resolve("scaling.html"));
		return results.stream().allMatch((result) -> result.errors() == 0) ? 0 : 1;
	}

	private static ScalingResult measure(ScalingPoint point, Function<ScalingPoint, Exchange> exchanges)
			throws InterruptedException {
		RunSpec spec = RunSpec.closedLoop(point.messages(), point.concurrency(), point.payloadBytes());
		List<RunResult> runs = new ArrayList<>();
		try (Exchange exchange = exchanges.apply(point)) {
			LatencyRun.run(exchange, spec, Progress.NONE, point.sweep());
			for (int round = 0; round < ROUNDS; round++) {
				runs.add(LatencyRun.run(exchange, spec, Progress.NONE, point.sweep()));
			}
		}
		Measured median = Measured.median(runs);
		int errors = runs.stream().mapToInt((run) -> run.errors().total()).sum();
		return new ScalingResult(point, median.throughput(), median.p50(), median.p95(), errors);
	}

}
