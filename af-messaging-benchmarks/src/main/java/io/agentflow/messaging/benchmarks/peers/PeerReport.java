package io.agentflow.messaging.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.agentflow.messaging.sample.harness.Surroundings;

/**
 * The comparison as {@code peers.json} and {@code peers.md}.
 */
final class PeerReport {

	private PeerReport() {
	}

	static void write(Path directory, int rounds, Map<String, Map<String, PeerFigures>> figures) throws IOException {
		Surroundings here = Surroundings.look("");
		Map<String, Object> content = Map.of("surroundings", here, "rounds", rounds, "medians", figures);
		Files.write(directory.resolve("peers.json"),
				JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsBytes(content));
		Files.writeString(directory.resolve("peers.md"),
				String.format(Locale.ROOT,
						"# Beside others%n%n%s, %d processors, %s, commit %s, medians of %d rounds%n%n%s",
						here.processor(), here.processors(), here.jvm(), here.commit(), rounds, table(figures)));
	}

	static String table(Map<String, Map<String, PeerFigures>> figures) {
		StringBuilder text = new StringBuilder(
				"| scenario | library | p50 ms | p95 ms | round trips/s | errors |\n|---|---|---|---|---|---|\n");
		figures.forEach((scenario, libraries) -> libraries
			.forEach((name, one) -> text.append(String.format(Locale.ROOT, "| %s | %s | %.2f | %.2f | %.0f | %d |\n",
					scenario, name, one.p50(), one.p95(), one.throughput(), one.errors()))));
		return text.toString();
	}

}
