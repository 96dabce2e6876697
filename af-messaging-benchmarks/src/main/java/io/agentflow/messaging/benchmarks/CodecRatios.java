package io.agentflow.messaging.benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Compares the codec with plain Jackson by turns in one process: each round times a slice
 * of each, and what counts is the median of the rounds' ratios. On a machine that others
 * use too, only that compares; {@link CodecBenchmark} gives absolute figures where nobody
 * does.
 */
public final class CodecRatios {

	private static final int SLICE_BYTES = 1_500_000;

	private final PrintStream out;

	private final int rounds;

	CodecRatios(PrintStream out, int rounds) {
		this.out = out;
		this.rounds = rounds;
	}

	/**
	 * Prints the ratios at 1 and 16 KiB.
	 * @param args number of rounds, 100 by default
	 * @throws Exception if the other library fails
	 */
	public static void main(String[] args) throws Exception {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		CodecRatios ratios = new CodecRatios(out, (args.length > 0) ? Integer.parseInt(args[0]) : 100);
		ratios.run(1024);
		ratios.run(16384);
	}

	void run(int size) throws Exception {
		CodecBenchmark benchmark = new CodecBenchmark();
		benchmark.size = size;
		benchmark.prepare();
		Step write = step("jacksonWrite", benchmark::jacksonWrite);
		Step read = step("jacksonRead", benchmark::jacksonRead);
		List<Step> writing = List.of(step("jacksonWrite again", benchmark::jacksonWrite),
				step("encode", benchmark::encode), step("encodeGo", benchmark::encodeGo));
		List<Step> reading = List.of(step("decode", benchmark::decode),
				step("decodeByContent", benchmark::decodeByContent),
				step("erdtmanCanonicalize", benchmark::erdtmanCanonicalize));
		List<Step> steps = new ArrayList<>(List.of(write, read));
		steps.addAll(writing);
		steps.addAll(reading);
		int count = Math.max(1, SLICE_BYTES / size);
		// The first pass is for the compiler.
		time(steps, count);
		time(steps, count);
		this.out.printf("%d bytes, %d rounds of %d%n", size, this.rounds, count);
		steps.forEach((step) -> this.out.printf("  %-36s %8.2f µs%n", step.name, median(step.micros)));
		writing.forEach((step) -> print(step, write));
		reading.forEach((step) -> print(step, read));
	}

	private Step step(String name, Callable<?> call) {
		return new Step(name, call, new double[this.rounds]);
	}

	private void time(List<Step> steps, int count) throws Exception {
		for (int round = 0; round < this.rounds; round++) {
			for (Step step : steps) {
				step.micros[round] = slice(step.call, count);
			}
		}
	}

	/**
	 * Times some calls.
	 * @return microseconds for each
	 */
	private static double slice(Callable<?> call, int count) throws Exception {
		int kept = 0;
		long start = System.nanoTime();
		for (int i = 0; i < count; i++) {
			// Looked at, so that the compiler cannot leave the call out.
			kept += (call.call() != null) ? 1 : 0;
		}
		double micros = (System.nanoTime() - start) / 1000.0 / count;
		return (kept == count) ? micros : Double.NaN;
	}

	private void print(Step step, Step base) {
		double[] ratios = step.micros.clone();
		for (int i = 0; i < ratios.length; i++) {
			ratios[i] /= base.micros[i];
		}
		this.out.printf("  %-36s %8.2f%n", step.name + " / " + base.name, median(ratios));
	}

	private static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

	/**
	 * One of the things to compare, and what it took in each round.
	 */
	private record Step(String name, Callable<?> call, double[] micros) {
	}

}
