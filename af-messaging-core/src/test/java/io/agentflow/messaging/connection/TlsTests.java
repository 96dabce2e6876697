package io.agentflow.messaging.connection;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.agentflow.messaging.test.server.CertificateAuthority;
import io.agentflow.messaging.test.server.NatsServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Who is let in, and who is believed.
 */
class TlsTests {

	private static CertificateAuthority ours;

	private static CertificateAuthority theirs;

	private NatsServer server;

	@BeforeAll
	static void issue(@TempDir Path directory) {
		ours = CertificateAuthority.create(directory, "ours")
			.issue("good", "san=dns:localhost")
			.issue("evil", "san=dns:evil.example")
			.issue("expired", "san=dns:localhost", "-3d", 1)
			.issue("client", "san=dns:client")
			.issue("client2", "san=dns:client2")
			.issue("oldclient", "san=dns:client", "-3d", 1);
		theirs = CertificateAuthority.create(directory, "theirs")
			.issue("stranger", "san=dns:localhost")
			.issue("strangeclient", "san=dns:client");
	}

	@AfterEach
	void stop() {
		if (this.server != null) {
			this.server.close();
		}
	}

	@Test
	void believesAServerOfATrustedAuthorityUnderItsOwnName() {
		serve(ours, "good", false);
		try (BusConnection bus = connect(() -> ours.context(null))) {
			assertThat(bus.status().isConnected()).isTrue();
		}
	}

	@Test
	void refusesACertificateOfAnotherHost() {
		serve(ours, "evil", false);
		assertRefused(() -> ours.context(null), "another host name");
	}

	@Test
	void refusesAHostThatTheCertificateDoesNotName() {
		serve(ours, "good", false);
		assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> BusConnection.connect(
				settings("tls://127.0.0.1:" + this.server.port()).withTls(TlsSettings.of(() -> ours.context(null)))))
			.withMessageContaining("another host name");
	}

	@Test
	void refusesAnUnknownAuthority() {
		serve(theirs, "stranger", false);
		assertRefused(() -> ours.context(null), "authority that is not trusted");
	}

	@Test
	void refusesAnUnknownAuthorityWithTheDefaultsOfTheJvm() {
		serve(ours, "good", false);
		assertThatExceptionOfType(NotConnectedException.class)
			.isThrownBy(() -> BusConnection.connect(settings("tls://localhost:" + this.server.port())))
			.withMessageContaining("authority that is not trusted");
	}

	@Test
	void refusesAnExpiredCertificate() {
		serve(ours, "expired", false);
		assertRefused(() -> ours.context(null), "server's certificate has expired");
	}

	@Test
	void showsItsCertificateToAServerThatDemandsOne() {
		serve(ours, "good", true);
		try (BusConnection bus = connect(() -> ours.context("client"))) {
			assertThat(bus.status().isConnected()).isTrue();
		}
	}

	@Test
	void tellsThatAClientCertificateIsMissing() {
		serve(ours, "good", true);
		assertRefused(() -> ours.context(null), "client certificate");
	}

	@Test
	void tellsThatTheClientCertificateHasExpired() {
		serve(ours, "good", true);
		assertRefused(() -> ours.context("oldclient"), "client certificate");
	}

	@Test
	void tellsThatTheServerNeedsTls() {
		serve(ours, "good", false);
		assertThatExceptionOfType(NotConnectedException.class)
			.isThrownBy(() -> BusConnection.connect(settings("nats://localhost:" + this.server.port())))
			.withMessageContaining("SSL required by server");
	}

	@Test
	void refusesAServerWithoutTls() {
		this.server = NatsServer.start();
		assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> connect(() -> ours.context(null)))
			.withMessageContaining("does not speak TLS");
	}

	@Test
	void usesARotatedCertificateWhenToldToReconnect() {
		serve(ours, "good", true);
		AtomicReference<SSLContext> bundle = new AtomicReference<>(ours.context("client"));
		try (BusConnection bus = connect(bundle::get)) {
			bundle.set(ours.context("client2"));
			bus.reconnect();
			await().atMost(Duration.ofSeconds(10))
				.until(() -> bus.status().isConnected() && bus.status().connects() == 2);
		}
	}

	@Test
	void recoversWhenAnExpiredTrustIsReplaced() {
		serve(ours, "good", false);
		AtomicReference<SSLContext> bundle = new AtomicReference<>(ours.context(null));
		try (BusConnection bus = connect(bundle::get)) {
			this.server.restart(tls(theirs, "stranger", false));
			await().atMost(Duration.ofSeconds(10)).until(() -> !bus.status().isConnected());
			bundle.set(theirs.context(null));
			await().atMost(Duration.ofSeconds(10)).until(() -> bus.status().isConnected());
		}
	}

	private void serve(CertificateAuthority authority, String certificate, boolean verifyClients) {
		this.server = NatsServer.builder().config(tls(authority, certificate, verifyClients)).start();
	}

	private static String tls(CertificateAuthority authority, String certificate, boolean verifyClients) {
		return "tls { cert_file: \"" + authority.certificate(certificate) + "\", key_file: \""
				+ authority.key(certificate) + "\", ca_file: \"" + ours.certificate() + "\", verify: " + verifyClients
				+ " }";
	}

	private void assertRefused(Supplier<SSLContext> context, String reason) {
		assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> connect(context))
			.withMessageContaining(reason)
			.withMessageContaining("localhost:" + this.server.port());
	}

	private BusConnection connect(Supplier<SSLContext> context) {
		return BusConnection
			.connect(settings("nats://localhost:" + this.server.port()).withTls(TlsSettings.of(context)));
	}

	private static ConnectionSettings settings(String url) {
		return ConnectionSettings.of(url)
			.withConnectTimeout(Duration.ofSeconds(3))
			.withReconnect(ReconnectPolicy.DEFAULT.withFirstDelay(Duration.ofMillis(50))
				.withMaxDelay(Duration.ofMillis(200))
				.withMaxAttempts(1));
	}

}
