package io.agentflow.messaging.test.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.nats.client.Connection;
import io.nats.client.Nats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The part of the script that this module relies on: how it finds, keeps, starts and ends
 * nats-server.
 */
class DevScriptTests {

	private static final Path SCRIPT = Path.of("..", "dev").toAbsolutePath().normalize();

	private static final List<String> TOOLS = List.of("bash", "cat", "dirname", "find", "grep", "mktemp", "rm", "sed",
			"sleep", "tr", "uname", "env", "tail", "head");

	@TempDir
	private Path home;

	@Test
	void listsItsCommands() throws Exception {
		Process process = dev(Map.of(), "help");
		assertThat(process.waitFor()).isZero();
		assertThat(output()).contains("pingpong", "test [maven args]", "infra up|down");
	}

	@Test
	void refusesWhatItDoesNotKnow() throws Exception {
		assertThat(dev(Map.of(), "no-such-thing").waitFor()).isEqualTo(1);
		assertThat(output()).contains("no-such-thing", "./dev help");
	}

	@Test
	void startsAServerAndEndsItWithItself() throws Exception {
		Process process = dev(Map.of("NATS_SERVER", NatsServerBinary.require().toString()), "server");
		String url = awaitUrl();
		try (Connection connection = Nats.connect(url)) {
			assertThat(connection.getServerInfo().isJetStreamAvailable()).isTrue();
		}
		List<ProcessHandle> all = process.descendants().toList();
		process.destroy();
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isEqualTo(143);
		await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
	}

	@Test
	void endsItsServerEvenWhenItIsKilled() throws Exception {
		Process process = dev(Map.of("NATS_SERVER", NatsServerBinary.require().toString()), "server");
		awaitUrl();
		List<ProcessHandle> all = process.descendants().toList();
		assertThat(all).isNotEmpty();
		process.destroyForcibly();
		await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
	}

	@Test
	void refusesANamedServerThatDoesNotRun() throws Exception {
		assertThat(dev(Map.of("NATS_SERVER", this.home.resolve("missing").toString()), "server").waitFor())
			.isEqualTo(1);
		assertThat(output()).contains("NATS_SERVER", "missing");
	}

	@Test
	void takesTheServerFromTheCacheThatTestsLookInto() throws Exception {
		String version = pinnedVersion();
		Path cached = this.home.resolve(".cache/agentflow-messaging/nats-server").resolve(version);
		Files.createDirectories(cached);
		Files.createSymbolicLink(cached.resolve("nats-server"), NatsServerBinary.require());
		Process process = dev(Map.of("PATH", pathOf(TOOLS)), "server");
		awaitUrl();
		assertThat(output()).contains("from the cache: " + cached);
		assertThat(new NatsServerBinary(Map.of(), this.home, (none) -> Optional.empty()).search())
			.contains(cached.resolve("nats-server"));
		process.destroy();
		process.waitFor();
	}

	@Test
	void tellsWhatToDoWhereNoServerIsToBeHad() throws Exception {
		assertThat(dev(Map.of("PATH", pathOf(TOOLS)), "server").waitFor()).isEqualTo(1);
		assertThat(output()).contains("no nats-server found", pinnedVersion(), "NATS_SERVER", "Docker", "install Go");
	}

	private Process dev(Map<String, String> environment, String... arguments) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString());
		builder.command().addAll(List.of(arguments));
		builder.environment().keySet().removeAll(List.of("NATS_SERVER", "NATS_VERSION", "XDG_CACHE_HOME"));
		builder.environment().put("HOME", this.home.toString());
		builder.environment().putAll(environment);
		return builder.redirectErrorStream(true).redirectOutput(this.home.resolve("output").toFile()).start();
	}

	private String awaitUrl() throws IOException {
		await().atMost(Duration.ofSeconds(20)).until(() -> output().contains("AF_BUS_URL="));
		return output().lines().filter((line) -> line.contains("AF_BUS_URL=")).findFirst().orElseThrow().split("=")[1];
	}

	private String output() throws IOException {
		return Files.readString(this.home.resolve("output"));
	}

	private String pathOf(List<String> tools) throws IOException {
		Path bin = Files.createDirectories(this.home.resolve("bin"));
		for (String tool : tools) {
			Files.createSymbolicLink(bin.resolve(tool), whichTool(tool));
		}
		return bin.toString();
	}

	private static Path whichTool(String tool) {
		return List.of("/bin", "/usr/bin", "/usr/local/bin")
			.stream()
			.map((directory) -> Path.of(directory, tool))
			.filter(Files::isExecutable)
			.findFirst()
			.orElseThrow();
	}

	private static String pinnedVersion() throws IOException {
		return Files.readAllLines(SCRIPT.resolveSibling(".env"))
			.stream()
			.filter((line) -> line.startsWith("NATS_VERSION="))
			.findFirst()
			.orElseThrow()
			.substring("NATS_VERSION=".length());
	}

}
