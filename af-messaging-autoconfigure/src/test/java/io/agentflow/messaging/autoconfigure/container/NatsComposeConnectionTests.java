package io.agentflow.messaging.autoconfigure.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.ConfigurableApplicationContext;

import io.agentflow.messaging.autoconfigure.AfBusConnectionDetails;
import io.agentflow.messaging.autoconfigure.AfStreams;
import io.agentflow.messaging.autoconfigure.container.NatsContainerConnectionTests.App;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.test.server.CertificateAuthority;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code spring-boot-docker-compose} with a real engine. Each test is a Compose project
 * of its own, with ports of its own, so that it meets no other on this machine.
 */
@RequiresContainerEngine(compose = true,
		images = { "nats:${NATS_VERSION}-alpine", "jaegertracing/jaeger:${JAEGER_VERSION}" })
class NatsComposeConnectionTests {

	private static final String FREE_PORTS = """
			NATS_PORT=0
			NATS_MONITOR_PORT=0
			JAEGER_PORT=0
			OTLP_GRPC_PORT=0
			OTLP_HTTP_PORT=0
			""";

	private static final String MIRROR = "localhost/message-broker:made-for-tests";

	private final String project = "af-test-" + UUID.randomUUID();

	@TempDir
	private Path directory;

	private Path composeFile;

	@AfterEach
	void takeTheProjectAway() throws IOException {
		docker("compose", "--project-name", this.project, "down", "--volumes", "--timeout", "1");
	}

	@AfterAll
	static void takeTheImageAway() throws IOException {
		docker("image", "rm", "--force", MIRROR);
	}

	@Test
	void bringsTheApplicationUpOnTheProjectsOwnFileWithNothingSet() throws IOException {
		this.composeFile = Path.of("..", "docker-compose.yml");
		try (ConfigurableApplicationContext context = start()) {
			assertThat(context.getEnvironment().getProperty("af.bus.url")).isNull();
			assertThat(context.getBean(AfBusConnectionDetails.class).getUrls()).singleElement()
				.asString()
				.startsWith("nats://127.0.0.1:")
				.doesNotEndWith(":4222");
			assertThat(context.getBean(AfStreams.class).results()).hasSize(4);
			NatsContainerConnectionTests.publishes(context);
		}
	}

	@Test
	void takesAServiceByItsLabelWithTlsAndCredentials() throws IOException {
		CertificateAuthority authority = CertificateAuthority.create(this.directory, "authority")
			.issue("server", "san=dns:localhost,ip:127.0.0.1");
		this.composeFile = Files.writeString(this.directory.resolve("compose.yml"), """
				services:
				  broker:
				    image: %s
				    labels:
				      org.springframework.boot.service-connection: nats
				      org.springframework.boot.sslbundle.pem.truststore.certificate: %s
				    environment: { NATS_USER: me, NATS_PASSWORD: secret }
				    command: ["nats-server", "-c", "/nats.conf"]
				    configs: [{ source: nats, target: /nats.conf }]
				    ports: ["127.0.0.1:0:4222"]
				    volumes: ["%s:/certificates:ro"]
				configs:
				  nats:
				    content: |
				      jetstream { store_dir: /store, max_file_store: 64GB }
				      tls { cert_file: /certificates/server.pem, key_file: /certificates/server.key }
				      authorization { user: $$NATS_USER, password: $$NATS_PASSWORD }
				""".formatted(mirrored(), authority.certificate().toUri(), this.directory));
		try (ConfigurableApplicationContext context = start()) {
			assertThat(context.getBean(BusConnection.class).current().getServerInfo().isTLSRequired()).isTrue();
			assertThat(context.getBean(AfBusConnectionDetails.class).getCredentials()).hasToString("user and password");
			NatsContainerConnectionTests.publishes(context);
		}
	}

	/** The image under another name, by which alone nobody would know it. */
	private static String mirrored() throws IOException {
		docker("tag", NatsImages.versioned("nats:${NATS_VERSION}-alpine"), MIRROR);
		return MIRROR;
	}

	private static void docker(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("docker"));
		command.addAll(List.of(arguments));
		Process docker = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(docker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(docker.onExit().join().exitValue()).as("%s: %s", command, output).isZero();
	}

	private ConfigurableApplicationContext start() throws IOException {
		Path environment = Files.writeString(this.directory.resolve("ports.env"), FREE_PORTS);
		List<String> arguments = new ArrayList<>();
		arguments.add("--spring.docker.compose.skip.in-tests=false");
		arguments.add("--spring.docker.compose.file=" + this.composeFile);
		arguments.add("--spring.docker.compose.stop.timeout=1s");
		arguments.add("--spring.docker.compose.arguments=--project-name=" + this.project + ",--env-file=../.env,"
				+ "--env-file=" + environment);
		return NatsContainerConnectionTests.start(App.class, arguments.toArray(String[]::new));
	}

}
