package io.agentflow.messaging.test.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class NatsServerTests {

	private static final Duration SHORT = Duration.ofMillis(300);

	@Test
	void answersAsSoonAsItIsStarted() throws Exception {
		try (NatsServer server = NatsServer.start(); Connection connection = Nats.connect(server.url())) {
			assertThat(connection.getServerInfo().isJetStreamAvailable()).isTrue();
			assertThat(connection.getServerInfo().getVersion()).isEqualTo(server.version());
			assertThat(server.log()).contains("Server is ready");
			assertThat(ProcessHandle.of(server.pid())).isPresent();
		}
	}

	@Test
	void keepsStoredMessagesAndPortOverKillAndRestart() throws Exception {
		try (NatsServer server = NatsServer.start()) {
			int port = server.port();
			long firstRun = server.pid();
			try (Connection connection = connect(server)) {
				store(connection, "kept");
			}
			server.kill();
			assertThat(server.isRunning()).isFalse();
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> connect(server));
			server.restart();
			assertThat(server.port()).isEqualTo(port);
			assertThat(server.pid()).isNotEqualTo(firstRun);
			try (Connection connection = connect(server)) {
				assertThat(connection.jetStreamManagement().getFirstMessage("T", "t.*").getData())
					.isEqualTo("kept".getBytes(StandardCharsets.UTF_8));
			}
		}
	}

	@Test
	void freezesAndGoesOn() throws Exception {
		try (NatsServer server = NatsServer.start(); Connection connection = connect(server)) {
			connection.createDispatcher((message) -> connection.publish(message.getReplyTo(), message.getData()))
				.subscribe("echo");
			assertThat(connection.request("echo", new byte[1], Duration.ofSeconds(5))).isNotNull();
			server.pause();
			assertThat(connection.request("echo", new byte[1], SHORT)).isNull();
			server.resume();
			assertThat(connection.request("echo", new byte[1], Duration.ofSeconds(5))).isNotNull();
		}
	}

	@Test
	void endsCleanlyEvenWhenFrozen() {
		try (NatsServer server = NatsServer.start()) {
			server.pause();
			server.stop();
			assertThat(server.isRunning()).isFalse();
			assertThat(server.log()).contains("Server Exiting");
		}
	}

	@Test
	void takesOtherConfigurationWhileItRuns() throws Exception {
		try (NatsServer server = NatsServer.start()) {
			long run = server.pid();
			connect(server).close();
			server.reload("authorization { user: app, password: s3cret }");
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> connect(server));
			Options options = Options.builder().server(server.url()).userInfo("app", "s3cret").build();
			Nats.connect(options).close();
			assertThat(server.pid()).isEqualTo(run);
		}
	}

	@Test
	void refusesToReloadWhatTheServerRefuses() {
		try (NatsServer server = NatsServer.start()) {
			assertThatIllegalStateException().isThrownBy(() -> server.reload("no_such_option: 1"))
				.withMessageContaining("no_such_option");
		}
	}

	@Test
	void restartsWithOtherConfiguration() throws Exception {
		try (NatsServer server = NatsServer.start()) {
			server.restart("max_payload: 2048");
			try (Connection connection = connect(server)) {
				assertThat(connection.getMaxPayload()).isEqualTo(2048);
			}
		}
	}

	@Test
	void tellsTheLogWhenItDoesNotStart() {
		assertThatIllegalStateException().isThrownBy(() -> NatsServer.builder().config("no_such_option: 1").start())
			.withMessageContaining("no_such_option");
	}

	@Test
	void tellsThatThePortIsTaken() {
		try (NatsServer server = NatsServer.start()) {
			assertThatIllegalStateException().isThrownBy(() -> NatsServer.builder().port(server.port()).start())
				.withMessageContaining("address already in use");
		}
	}

	@Test
	void leavesNoTemporaryFileAndKeepsAGivenStore(@TempDir Path store) throws Exception {
		NatsServer server = NatsServer.builder().storeDirectory(store).start();
		try (Connection connection = connect(server)) {
			store(connection, "kept");
		}
		ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
		server.close();
		assertThat(process.isAlive()).isFalse();
		assertThat(store).isNotEmptyDirectory();
		NatsServer temporary = NatsServer.start();
		Path directory = temporary.storeDirectory().getParent();
		assertThat(directory).exists();
		temporary.close();
		assertThat(directory).doesNotExist();
	}

	@Test
	void canHaveADiskThatIsFull() throws Exception {
		assumeTrue(NatsServerBuilder.canLimitDisk(), "no name spaces on this machine");
		try (NatsServer server = NatsServer.builder().diskSize(2_000_000).start();
				Connection connection = connect(server)) {
			store(connection, "fits");
			AtomicInteger stored = new AtomicInteger();
			assertThatException().isThrownBy(() -> {
				while (stored.get() < 100) {
					connection.jetStream().publish("t.a", new byte[100_000]);
					stored.incrementAndGet();
				}
			});
			assertThat(stored).hasValueBetween(1, 20);
			assertThat(server.storeDirectory()).isEmptyDirectory();
		}
	}

	@Test
	void runsWithoutJetStreamWhenAsked() throws Exception {
		try (NatsServer server = NatsServer.builder().jetStream(false).start();
				Connection connection = connect(server)) {
			assertThat(connection.getServerInfo().isJetStreamAvailable()).isFalse();
		}
	}

	@Test
	void tellsClientsToLeaveInLameDuckMode() throws Exception {
		CountDownLatch told = new CountDownLatch(1);
		ConnectionListener listener = (connection, event) -> {
			if (event == ConnectionListener.Events.LAME_DUCK) {
				told.countDown();
			}
		};
		try (NatsServer server = NatsServer.start()) {
			Options options = Options.builder().server(server.url()).connectionListener(listener).build();
			try (Connection connection = Nats.connect(options)) {
				server.lameDuck();
				assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
				assertThat(connection.getServerInfo().isLameDuckMode()).isTrue();
			}
		}
	}

	@Test
	void endsWithAJvmThatIsKilled(@TempDir Path directory) throws Exception {
		Path output = directory.resolve("out");
		Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), ServerMain.class.getName(), output.toString())
			.inheritIO()
			.start();
		await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(output));
		String[] told = Files.readString(output).split("\n");
		ProcessHandle server = ProcessHandle.of(Long.parseLong(told[0])).orElseThrow();
		assertThat(server.isAlive()).isTrue();
		jvm.destroyForcibly().waitFor();
		await().until(() -> !server.isAlive());
		await().until(() -> !Files.exists(Path.of(told[1])));
	}

	private static Connection connect(NatsServer server) throws Exception {
		return Nats.connect(Options.builder().server(server.url()).maxReconnects(0).build());
	}

	private static void store(Connection connection, String text) throws Exception {
		JetStreamManagement management = connection.jetStreamManagement();
		management
			.addStream(StreamConfiguration.builder().name("T").subjects("t.*").storageType(StorageType.File).build());
		connection.jetStream().publish("t.a", text.getBytes(StandardCharsets.UTF_8));
	}

}
