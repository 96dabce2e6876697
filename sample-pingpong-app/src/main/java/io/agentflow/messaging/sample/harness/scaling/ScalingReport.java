package io.agentflow.messaging.sample.harness.scaling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.agentflow.messaging.sample.harness.Surroundings;
import io.agentflow.messaging.sample.harness.SvgChart;

/**
 * Curves and figures of the sweeps.
 */
final class ScalingReport {

	private ScalingReport() {
	}

	static void write(Path directory, List<ScalingResult> results) {
		Surroundings here = Surroundings.look("");
		Map<String, List<ScalingResult>> sweeps = results.stream()
			.collect(
					Collectors.groupingBy((result) -> result.point().sweep(), LinkedHashMap::new, Collectors.toList()));
		try {
			Files.createDirectories(directory);
			Files.write(directory.resolve("scaling.json"),
					JsonMapper.builder()
						.enable(SerializationFeature.INDENT_OUTPUT)
						.build()
						.writeValueAsBytes(Map.of("surroundings", here, "results", results)));
			Files.writeString(directory.resolve("scaling.md"), markdown(here, results));
			Files.writeString(directory.resolve("scaling.html"), html(here, sweeps));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write the report to " + directory, ex);
		}
	}

	private static String markdown(Surroundings here, List<ScalingResult> results) {
		StringBuilder text = new StringBuilder("# Scaling\n\n" + place(here)
				+ "\n\n| what varies | value | messages/s | µs a message | p50 ms | p95 ms | errors |\n"
				+ "|---|---|---|---|---|---|---|\n");
		for (ScalingResult result : results) {
			text.append(String.format(Locale.ROOT, "| %s | %d | %.0f | %.0f | %.2f | %.2f | %d |\n",
					result.point().sweep(), result.point().value(), result.throughput(), 1e6 / result.throughput(),
					result.p50(), result.p95(), result.errors()));
		}
		return text.toString();
	}

	private static String html(Surroundings here, Map<String, List<ScalingResult>> sweeps) {
		StringBuilder page = new StringBuilder("<!doctype html><html lang='en'><head><meta charset='utf-8'>"
				+ "<title>Scaling</title><style>body{font:15px system-ui,sans-serif;max-width:900px;margin:2rem auto}"
				+ ".g{stroke:#e4e7eb}.y{text-anchor:end}.x{text-anchor:middle}svg{font:11px system-ui,sans-serif}"
				+ "</style></head><body><h1>Scaling</h1><p>" + place(here) + "</p>");
		sweeps.forEach((sweep, results) -> {
			SvgChart chart = new SvgChart("Messages per second by " + sweep).scale((value) -> Math.log(1 + value))
				.line(sweep,
						results.stream()
							.map((result) -> new double[] { result.point().value(), result.throughput() })
							.toList());
			results.forEach((result) -> chart.tick(result.point().value(), Integer.toString(result.point().value())));
			page.append(chart.svg());
		});
		return page.append("</body></html>\n").toString();
	}

	private static String place(Surroundings here) {
		return String.format(Locale.ROOT, "%s, %d processors, %s, commit %s", here.processor(), here.processors(),
				here.jvm(), here.commit());
	}

}
