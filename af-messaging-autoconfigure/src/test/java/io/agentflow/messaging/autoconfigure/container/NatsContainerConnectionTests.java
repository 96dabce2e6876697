package io.agentflow.messaging.autoconfigure.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.MountableFile;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.testcontainers.context.ImportTestcontainers;
import org.springframework.boot.testcontainers.service.connection.PemTrustStore;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.FileSystemUtils;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.autoconfigure.AfBusConnectionDetails;
import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.test.server.CertificateAuthority;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code @ServiceConnection} on containers of a real engine.
 */
@RequiresContainerEngine
class NatsContainerConnectionTests {

	private static final int PORT = 4222;

	@Test
	void takesAContainerWhoseImageIsNats() {
		try (ConfigurableApplicationContext context = start(ByImage.class)) {
			assertThat(context.getBean(AfBusConnectionDetails.class).getUrls())
				.containsExactly("nats://" + ByImage.nats.getHost() + ":" + ByImage.nats.getMappedPort(PORT));
			publishes(context);
		}
		assertThat(ByImage.nats.isRunning()).as("the context has stopped its container").isFalse();
	}

	@Test
	void takesAContainerBeanOfThatName() {
		try (ConfigurableApplicationContext context = start(ByName.class)) {
			publishes(context);
		}
	}

	@Test
	void takesTheTrustStoreOfATlsContainer() throws IOException {
		FileSystemUtils.deleteRecursively(Tls.CERTIFICATES);
		Tls.authority = CertificateAuthority.create(Files.createDirectories(Tls.CERTIFICATES), "authority")
			.issue("server", "san=" + engineName());
		assertThat(Tls.authority.certificate()).hasFileName("authority.pem");
		try (ConfigurableApplicationContext context = start(Tls.class)) {
			publishes(context);
			assertThat(context.getBean(BusConnection.class).current().getServerInfo().isTLSRequired()).isTrue();
			assertThat(context.getBean(AfBusConnectionDetails.class).getSslBundle()).isNotNull();
		}
	}

	/** What the other tests do where no registry can be reached. */
	@Test
	void takesAnImageMadeOfTheServerOfThisMachine() {
		String image = NatsImages.build().orElseThrow();
		assertThat(image).startsWith("localhost/nats:");
		try (GenericContainer<?> container = nats(image)) {
			container.start();
			assertThat(container.getLogs()).contains("Server is ready");
		}
	}

	static ConfigurableApplicationContext start(Class<?> containers, String... arguments) {
		SpringApplication application = new SpringApplication(App.class, containers);
		application.setWebApplicationType(WebApplicationType.NONE);
		return application.run(arguments);
	}

	static void publishes(ConfigurableApplicationContext context) {
		assertThat(context.getBean(AfPublisher.class)
			.publish("agents.a.in", AfMessage.event("test", "a").payload("hello").build())
			.stream()).isEqualTo("AF_MESSAGES");
	}

	/** Where a container's ports are found, which need not be this machine. */
	private static String engineName() {
		String host = DockerClientFactory.instance().dockerHostIpAddress();
		return (host.matches("[0-9.]+") ? "ip:" : "dns:") + host;
	}

	private static GenericContainer<?> nats() {
		return nats(NatsImages.name());
	}

	private static GenericContainer<?> nats(String image) {
		return new GenericContainer<>(image).withCommand("-js")
			.withExposedPorts(PORT)
			.withStartupTimeout(Duration.ofSeconds(60));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, AfMessagingAutoConfiguration.class,
			ServiceConnectionAutoConfiguration.class })
	static class App {

	}

	@ImportTestcontainers
	static class ByImage {

		/** Found by its image: neither a name nor a type is given. */
		@ServiceConnection
		static GenericContainer<?> nats = nats();

	}

	@Configuration(proxyBeanMethods = false)
	static class ByName {

		@Bean
		@ServiceConnection("nats")
		GenericContainer<?> broker() {
			return nats();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Tls {

		/** Fixed, because an annotation cannot name a directory made by the test. */
		static final Path CERTIFICATES = Path.of("target", "container-certificates");

		static CertificateAuthority authority;

		@Bean
		@ServiceConnection("nats")
		@PemTrustStore(certificate = "file:target/container-certificates/authority.pem")
		GenericContainer<?> secured() {
			String config = """
					listen: "0.0.0.0:4222"
					jetstream { store_dir: "/store", max_file_store: 64GB }
					tls { cert_file: "/server.pem", key_file: "/server.key" }
					""";
			return nats().withCommand("-c", "/nats.conf")
				.withCopyToContainer(Transferable.of(config), "/nats.conf")
				.withCopyFileToContainer(MountableFile.forHostPath(authority.certificate("server")), "/server.pem")
				.withCopyFileToContainer(MountableFile.forHostPath(authority.key("server")), "/server.key");
		}

	}

}
