package io.agentflow.messaging.test.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

class NatsServerBinaryTests {

	@TempDir
	private Path home;

	@Test
	void takesTheOneNamedByTheEnvironmentFirst() throws IOException {
		Path named = executable("elsewhere/my-server");
		executable("bin/nats-server");
		assertThat(search(Map.of("NATS_SERVER", named.toString(), "PATH", path("bin")))).isEqualTo(named);
	}

	@Test
	void refusesANameThatIsNoExecutable() {
		assertThatIllegalStateException().isThrownBy(() -> search(Map.of("NATS_SERVER", path("missing"))))
			.withMessageContaining("NATS_SERVER")
			.withMessageContaining("missing");
	}

	@Test
	void takesTheFirstOnThePath() throws IOException {
		Files.createDirectories(this.home.resolve("empty"));
		Path first = executable("bin1/nats-server");
		executable("bin2/nats-server");
		assertThat(search(Map.of("PATH", path("empty") + ":" + path("bin1") + ":" + path("bin2")))).isEqualTo(first);
	}

	@Test
	void takesTheNewestFromTheCache() throws IOException {
		executable(".cache/agentflow-messaging/nats-server/2.9.10/nats-server");
		Path newest = executable(".cache/agentflow-messaging/nats-server/2.15.2/nats-server");
		executable("go/bin/nats-server");
		Files.createDirectories(this.home.resolve(".cache/agentflow-messaging/nats-server/3.0.0"));
		assertThat(search(Map.of("PATH", ""))).isEqualTo(newest);
	}

	@Test
	void looksIntoTheCacheThatTheEnvironmentNames() throws IOException {
		Path cached = executable("xdg/agentflow-messaging/nats-server/2.15.2/nats-server");
		assertThat(search(Map.of("XDG_CACHE_HOME", path("xdg")))).isEqualTo(cached);
	}

	@Test
	void takesTheOneThatGoInstalledLast() throws IOException {
		Path installed = executable("go/bin/nats-server");
		assertThat(search(Map.of())).isEqualTo(installed);
	}

	@Test
	void tellsWhatToDoWhenThereIsNone() {
		NatsServerBinary binary = new NatsServerBinary(Map.of("PATH", path("bin")), this.home,
				(cache) -> Optional.empty());
		assertThat(binary.search()).isEmpty();
		assertThatIllegalStateException().isThrownBy(binary::searchOrFail)
			.withMessageContaining("./dev test")
			.withMessageContaining("NATS_SERVER");
	}

	@Test
	void copiesTheOneInTheImageIntoTheCacheWhenThereIsNone() throws Exception {
		Path cache = this.home.resolve(".cache/agentflow-messaging/nats-server");
		assumeThat(ImageBinary.copyTo(this.home.resolve("probe"))).as("an engine with the image of nats").isPresent();
		NatsServerBinary binary = new NatsServerBinary(Map.of("PATH", ""), this.home, ImageBinary::copyTo);
		Path found = binary.searchOrFail();
		assertThat(found).isEqualTo(cache.resolve(ImageBinary.VERSION).resolve("nats-server"));
		assertThat(binary.search()).contains(found);
		try (NatsServer server = NatsServer.builder().binary(found).start()) {
			assertThat(server.version()).isEqualTo(ImageBinary.VERSION);
		}
	}

	@Test
	void takesTheImageOfTheVersionOfThisProject() throws IOException {
		assertThat(Files.readString(Path.of("..", ".env"))).contains("NATS_VERSION=" + ImageBinary.VERSION + "\n");
	}

	private Path search(Map<String, String> environment) {
		return new NatsServerBinary(environment, this.home, (cache) -> Optional.empty()).searchOrFail();
	}

	private String path(String name) {
		return this.home.resolve(name).toString();
	}

	private Path executable(String name) throws IOException {
		Path file = this.home.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.createFile(file,
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
	}

}
