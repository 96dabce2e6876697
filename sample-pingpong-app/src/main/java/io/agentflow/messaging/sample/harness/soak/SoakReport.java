package io.agentflow.messaging.sample.harness.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.agentflow.messaging.sample.harness.Surroundings;
import io.agentflow.messaging.sample.harness.SvgChart;

/**
 * Figures of a soak.
 *
 * @param recordedAt when they were taken
 * @param surroundings where
 * @param rate round trips per second
 * @param slices the stretches, in order
 * @param violations what got worse
 */
record SoakReport(Instant recordedAt, Surroundings surroundings, double rate, List<SoakSlice> slices,
		List<String> violations) {

	static SoakReport of(double rate, String server, List<SoakSlice> slices, List<String> violations) {
		return new SoakReport(Clock.systemUTC().instant(), Surroundings.look(server), rate, slices, violations);
	}

	void write(Path directory) {
		try {
			Files.createDirectories(directory);
			Files.write(directory.resolve("soak.json"),
					JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsBytes(this));
			Files.writeString(directory.resolve("soak.md"), markdown());
			Files.writeString(directory.resolve("soak.html"), html());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write the report to " + directory, ex);
		}
	}

	private String markdown() {
		StringBuilder text = new StringBuilder("# Soak\n\n" + place() + "\n\n"
				+ "| stretch | seconds | round trips | errors | p50 ms | p99 ms | heap MB | threads |\n"
				+ "|---|---|---|---|---|---|---|---|\n");
		for (int i = 0; i < this.slices.size(); i++) {
			SoakSlice slice = this.slices.get(i);
			text.append(String.format(Locale.ROOT, "| %d | %.0f | %d | %d | %.2f | %.2f | %.1f | %d |\n", i + 1,
					slice.seconds(), slice.completed(), slice.errors(), slice.p50(), slice.p99(), slice.heapMegabytes(),
					slice.threads()));
		}
		text.append(this.violations.isEmpty() ? "\nNothing grew.\n" : "");
		this.violations.forEach((line) -> text.append("\n- **failed:** ").append(line));
		return text.toString();
	}

	private String html() {
		return "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Soak</title><style>"
				+ "body{font:15px system-ui,sans-serif;max-width:900px;margin:2rem auto}.g{stroke:#e4e7eb}"
				+ ".y{text-anchor:end}.x{text-anchor:middle}svg{font:11px system-ui,sans-serif}</style></head><body>"
				+ "<h1>Soak</h1><p>" + place() + "</p>" + chart("p99 in ms", SoakSlice::p99)
				+ chart("Heap after collection in MB", SoakSlice::heapMegabytes) + chart("Threads", SoakSlice::threads)
				+ "</body></html>\n";
	}

	private String place() {
		Surroundings here = this.surroundings;
		return String.format(Locale.ROOT, "%.0f round trips per second; %s, %d processors, %s, nats-server %s, %s, %s",
				this.rate, here.processor(), here.processors(), here.jvm(), here.server(), here.commit(),
				this.recordedAt);
	}

	private String chart(String title, ToDoubleFunction<SoakSlice> figure) {
		SvgChart chart = new SvgChart(title).line(title,
				IntStream.range(0, this.slices.size())
					.mapToObj((i) -> new double[] { i + 1, figure.applyAsDouble(this.slices.get(i)) })
					.toList());
		IntStream.rangeClosed(1, this.slices.size()).forEach((i) -> chart.tick(i, Integer.toString(i)));
		return chart.svg();
	}

}
