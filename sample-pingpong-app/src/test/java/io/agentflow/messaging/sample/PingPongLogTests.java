package io.agentflow.messaging.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.test.AfLogAssert;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Pinger and ponger as two processes: an exchange is found in the logs of both by its
 * trace or its workflow.
 */
@NatsTest(shared = false)
class PingPongLogTests {

	private static final int PINGS = 20;

	private static final String[] IDS = { "trace_id", "span_id", "message_id", "workflow_id", "agent_id",
			"correlation_id" };

	@TempDir
	private Path directory;

	@Test
	void everyLineOfAnExchangeHasItsIds(NatsServer server) throws Exception {
		Process ponger = start(server, "ponger");
		try {
			await().atMost(Duration.ofSeconds(60)).until(() -> log("ponger").contains("STOPPED -> RUNNING"));
			Process pinger = start(server, "pinger", "--agent=tester", "--messages=" + PINGS, "--warm-up=0");
			assertThat(pinger.waitFor(90, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			ponger.destroy();
			ponger.waitFor();
		}
		AfLogAssert both = AfLogAssert.assertThatLog(log("pinger") + log("ponger"));
		List<JsonNode> pongs = both.withMessage("Pong ").events();
		assertThat(pongs).hasSize(PINGS);
		for (JsonNode pong : pongs) {
			// A pinger sends the next ping while it handles a pong, so a trace may go on.
			assertServices(both.with("trace_id", pong.get("trace_id").stringValue()).have(IDS).agreeOn("workflow_id"));
			AfLogAssert exchange = both.with("correlation_id", pong.get("correlation_id").stringValue())
				.have(IDS)
				.agreeOn("trace_id")
				.agreeOn("workflow_id");
			assertServices(exchange);
			assertThat(exchange.events()).hasSize(2)
				.extracting((line) -> line.get("message_id").stringValue())
				.doesNotHaveDuplicates();
		}
		List<JsonNode> workflow = both.with("workflow_id", pongs.get(0).get("workflow_id").stringValue())
			.have(IDS)
			.events();
		assertThat(workflow).hasSize(2 * PINGS);
	}

	private static void assertServices(AfLogAssert lines) {
		assertThat(lines.events()).extracting((line) -> line.get("service").stringValue()).contains("pinger", "ponger");
	}

	private Process start(NatsServer server, String role, String... more) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), PingPongApplication.class.getName(), "--role=" + role,
						"--verbose", "--p95-threshold-ms=10000", "--p50-threshold-ms=10000", "--min-throughput=0.1",
						"--spring.application.name=" + role, "--af.bus.url=" + server.url(),
						"--logging.level.io.agentflow.messaging.sample=DEBUG", "--logging.file.name=" + file(role)));
		command.addAll(List.of(more));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve(role + ".out").toFile())
			.start();
	}

	private Path file(String role) {
		return this.directory.resolve(role + ".log");
	}

	private String log(String role) throws IOException {
		return Files.exists(file(role)) ? Files.readString(file(role)) : "";
	}

}
