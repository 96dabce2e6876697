package io.agentflow.messaging.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.BusStatus;
import io.agentflow.messaging.connection.NotConnectedException;
import io.agentflow.messaging.test.server.CertificateAuthority;
import io.agentflow.messaging.test.server.NatsServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Certificates and secrets of a running application, and what happens when the files that
 * hold them are written anew.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecuredConnectionTests {

	private static final Duration ROTATION = Duration.ofSeconds(10);

	private static CertificateAuthority before;

	private static CertificateAuthority after;

	@TempDir
	private Path files;

	private NatsServer server;

	@BeforeAll
	static void issue(@TempDir Path directory) {
		before = CertificateAuthority.create(directory, "authority-before")
			.issue("server-before", "san=dns:localhost")
			.issue("evil", "san=dns:evil.example")
			.issue("client-before", "san=dns:client");
		after = CertificateAuthority.create(directory, "authority-after")
			.issue("server-after", "san=dns:localhost")
			.issue("client-after", "san=dns:client");
	}

	@BeforeEach
	void fillTheBundle() throws IOException {
		bundle(before, "client-before");
	}

	@AfterEach
	void stop() {
		this.server.close();
		LoggingSystem.get(getClass().getClassLoader()).cleanUp();
		LoggingSystem.get(getClass().getClassLoader()).beforeInitialize();
	}

	@Test
	void showsAndBelievesWhatTheBundleHolds() throws Exception {
		serve(tls(before, "server-before"));
		try (ConfigurableApplicationContext application = runWithBundle()) {
			assertThat(status(application).isConnected()).isTrue();
			assertThat(connections()).contains("CN=client-before");
		}
	}

	@Test
	void isRefusedWithoutTheBundlesCertificate(CapturedOutput output) {
		serve(tls(before, "server-before"));
		assertThatException()
			.isThrownBy(() -> runWithBundle("--spring.ssl.bundle.pem.bus.keystore.certificate=",
					"--spring.ssl.bundle.pem.bus.keystore.private-key="))
			.withStackTraceContaining(NotConnectedException.class.getName());
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START", "client certificate");
	}

	@Test
	void refusesAServerWhoseCertificateNamesAnotherHost(CapturedOutput output) {
		serve(tls(before, "evil"));
		assertThatException().isThrownBy(this::runWithBundle)
			.withStackTraceContaining(NotConnectedException.class.getName());
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START", "localhost:" + this.server.port(),
				"the server's certificate was made out to another host name");
	}

	@Test
	void usesTheRotatedFilesOfTheBundle() throws Exception {
		serve(tls(before, "server-before"));
		try (ConfigurableApplicationContext application = runWithBundle()) {
			this.server.reload(tls(after, "server-after"));
			bundle(after, "client-after");
			rotated().untilAsserted(() -> {
				assertThat(status(application).isConnected()).isTrue();
				assertThat(connections()).contains("CN=client-after").doesNotContain("CN=client-before");
			});
			assertThat(status(application).connects()).isEqualTo(2);
		}
	}

	@Test
	void noticesASecondRotationWhileTheServerRefusesTheFirst() throws Exception {
		serve(tls(before, "server-before"));
		try (ConfigurableApplicationContext application = runWithBundle()) {
			bundle(after, "client-after");
			rotated().until(() -> this.server.log().contains("remote error: tls"));
			assertThat(status(application).isConnected()).isFalse();
			bundle(before, "client-before");
			rotated().until(() -> status(application).isConnected());
			assertThat(connections()).contains("CN=client-before");
		}
	}

	@ParameterizedTest
	@CsvSource({ "'user: app, password: ', af.bus.password", "'token: ', af.bus.token" })
	void usesARotatedSecretOfAFile(String authorization, String property) throws Exception {
		Path secret = Files.writeString(this.files.resolve("secret"), "first\n");
		serve("authorization { " + authorization + "first }");
		List<String> arguments = new ArrayList<>(
				List.of("--af.bus.url=nats://localhost:" + this.server.port(), "--" + property + "=file:" + secret));
		if (property.endsWith("password")) {
			arguments.add("--af.bus.user=app");
		}
		try (ConfigurableApplicationContext application = run(arguments)) {
			Files.writeString(secret, "second\n");
			this.server.reload("authorization { " + authorization + "second }");
			rotated().until(() -> status(application).isConnected() && status(application).connects() == 2);
		}
	}

	@Test
	void usesASecretThatIsRotatedAfterTheServers() throws Exception {
		Path secret = Files.writeString(this.files.resolve("secret"), "first");
		serve("authorization { token: first }");
		try (ConfigurableApplicationContext application = run(
				List.of("--af.bus.url=" + this.server.url(), "--af.bus.token=file:" + secret))) {
			this.server.reload("authorization { token: second }");
			rotated().until(() -> !status(application).isConnected());
			Files.writeString(secret, "second");
			rotated().until(() -> status(application).isConnected());
		}
	}

	private void serve(String config) {
		this.server = NatsServer.builder().config(config).start();
	}

	private static String tls(CertificateAuthority authority, String certificate) {
		return "tls { cert_file: \"" + authority.certificate(certificate) + "\", key_file: \""
				+ authority.key(certificate) + "\", ca_file: \"" + authority.certificate() + "\", verify: true }";
	}

	private void bundle(CertificateAuthority authority, String client) throws IOException {
		copy(authority.certificate(), "ca.pem");
		copy(authority.certificate(client), "client.pem");
		copy(authority.key(client), "client.key");
	}

	private void copy(Path from, String to) throws IOException {
		Files.copy(from, this.files.resolve(to), StandardCopyOption.REPLACE_EXISTING);
	}

	private ConfigurableApplicationContext runWithBundle(String... more) {
		String bundle = "--spring.ssl.bundle.pem.bus.";
		List<String> arguments = new ArrayList<>(
				List.of("--af.bus.url=tls://localhost:" + this.server.port(), "--af.bus.ssl.bundle=bus",
						bundle + "reload-on-update=true", "--spring.ssl.bundle.watch.file.quiet-period=500ms",
						bundle + "truststore.certificate=file:" + this.files.resolve("ca.pem")));
		arguments.addAll((more.length > 0) ? List.of(more)
				: List.of(bundle + "keystore.certificate=file:" + this.files.resolve("client.pem"),
						bundle + "keystore.private-key=file:" + this.files.resolve("client.key")));
		return run(arguments);
	}

	private static ConfigurableApplicationContext run(List<String> arguments) {
		List<String> all = new ArrayList<>(arguments);
		all.addAll(List.of("--spring.application.name=secured", "--af.bus.max-reconnect=1",
				"--af.bus.connect-timeout=2s", "--af.bus.reconnect-wait=200ms", "--af.bus.max-reconnect-wait=1s"));
		SpringApplication application = new SpringApplication(App.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		return application.run(all.toArray(String[]::new));
	}

	private static BusStatus status(ConfigurableApplicationContext application) {
		return application.getBean(BusConnection.class).status();
	}

	/**
	 * What the server tells of its clients, the certificates that they have shown
	 * included.
	 */
	private String connections() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.server.monitorUrl() + "/connz?auth=true")).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

	private static ConditionFactory rotated() {
		return await().atMost(ROTATION);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, AfMessagingAutoConfiguration.class })
	static class App {

	}

}
