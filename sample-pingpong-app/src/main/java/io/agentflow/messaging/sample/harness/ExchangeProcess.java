package io.agentflow.messaging.sample.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Measures an exchange on demand, in a process of its own: for what cannot share a class
 * path with what it is compared with. A line {@code messages concurrency payloadBytes} on
 * standard input is one run; its figures are one line on standard output that starts with
 * {@link #RESULT}. Ends with its input.
 */
public final class ExchangeProcess {

	/** Written when the exchange can be used. */
	public static final String READY = "READY";

	/** Starts a line of figures: p50, p95, throughput, errors, completed. */
	public static final String RESULT = "RESULT";

	private ExchangeProcess() {
	}

	/**
	 * Serves until the input ends, and closes the exchange.
	 * @param exchange what is measured
	 * @param in runs to make
	 * @param out their figures
	 * @throws IOException if the input cannot be read
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public static void serve(Exchange exchange, InputStream in, PrintStream out)
			throws IOException, InterruptedException {
		try (exchange; BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
			out.println(READY);
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				out.println(run(exchange, line));
			}
		}
	}

	private static String run(Exchange exchange, String line) throws InterruptedException {
		String[] words = line.trim().split(" ", -1);
		RunSpec spec = RunSpec.closedLoop(Integer.parseInt(words[0]), Integer.parseInt(words[1]),
				Integer.parseInt(words[2]));
		RunResult result = LatencyRun.run(exchange, spec, Progress.NONE, "run");
		return String.format(Locale.ROOT, "%s %.4f %.4f %.2f %d %d", RESULT, result.stats().p50(), result.stats().p95(),
				result.throughput(), result.errors().total(), result.completed());
	}

}
