package io.agentflow.messaging.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the executable jar with the context that was made at build time, as a native image
 * does. Runs after packaging, when the jar is there.
 */
@NatsTest
class AheadOfTimeIntegrationTests {

	private static final Path TARGET = Path.of("target");

	@Test
	void playsPingPongWithTheContextMadeAtBuildTime(NatsServer server) throws Exception {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		Process application = new ProcessBuilder(List.of(java.toString(), "-Dspring.aot.enabled=true", "-jar",
				executableJar().toString(), "--messages=200", "--warm-up=0", "--p50-threshold-ms=2000",
				"--p95-threshold-ms=5000", "--min-throughput=1", "--verbose", "--af.bus.url=" + server.url()))
			.redirectErrorStream(true)
			.start();
		String output = new String(application.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(application.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(output).contains("200 of 200").containsPattern("hashes verified +400 of 400\n").contains("PASSED");
		assertThat(output).contains("Starting AOT-processed PingPongApplication");
		assertThat(application.exitValue()).isZero();
	}

	/** What the listener needs by reflection: the hints of this run of the processing. */
	@Test
	void keepsHandlersAndPayloadsForNativeImages() throws IOException {
		Path metadata = TARGET
			.resolve("classes/META-INF/native-image/io.agentflow/sample-pingpong-app/reachability-metadata.json");
		// The writer of this file escapes slashes.
		assertThat(Files.readString(metadata).replace("\\/", "/")).contains("io.agentflow.messaging.sample.Ponger\"")
			.contains("io.agentflow.messaging.sample.Ping\"")
			.contains("io.agentflow.messaging.sample.Pong\"")
			.contains("io.agentflow.messaging.autoconfigure.logging.AfJsonLogFormatter")
			.contains("af/schemas/*.json");
	}

	private static Path executableJar() throws IOException {
		try (Stream<Path> files = Files.list(TARGET)) {
			return files.filter((file) -> file.toString().endsWith("-exec.jar")).findFirst().orElseThrow();
		}
	}

}
