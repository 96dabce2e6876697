package io.agentflow.messaging.test.log;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.nats.client.Connection;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.core.ParameterizedTypeReference;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.codec.EncodedMessage;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.deadletter.DeadLetters;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.publish.PublishRejectedException;
import io.agentflow.messaging.replay.AfReplay;
import io.agentflow.messaging.replay.ReplayRequest;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every refusal is one line of the audit log, and says which message, why and where.
 */
@NatsTest(shared = false)
class AuditLogTests {

	private static final String ID = "01KAN5Q2F3A8Y0W7V9ZK4D6C1B";

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private static final String SUBJECT = "agents.audited.in";

	private static final EncodedMessage VALID = EnvelopeCodec.builder()
		.build()
		.encode(AfMessage.event("a", "b").id(ID).workflowId("wf").payload("secret-content").build());

	private static final String TEXT = new String(VALID.bytes(), StandardCharsets.UTF_8);

	@TempDir
	private Path directory;

	private LoggedApplication application;

	@BeforeEach
	void start(NatsServer server) {
		this.application = LoggedApplication.start(App.class, this.directory.resolve("app.log"),
				"af.bus.url=" + server.url(), "af.message.max-size=4KB");
	}

	@AfterEach
	void stop() throws Exception {
		var streams = connection().jetStreamManagement();
		for (String stream : streams.getStreamNames()) {
			streams.deleteStream(stream);
		}
		this.application.close();
	}

	static Stream<Arguments> refused() {
		return Stream.of(Arguments.of("HASH", TEXT.replace("secret-content", "secret-forgery"), ID, null),
				Arguments.of("SCHEMA", TEXT.replace("\"from\":\"a\"", "\"frm\":\"a\""), ID, null),
				Arguments.of("MALFORMED", TEXT.substring(0, TEXT.length() - 9), "", null),
				Arguments.of("MALFORMED", "secret-content\r\n{\"level\":\"ERROR\"}", "", null),
				Arguments.of("TOO_LARGE", TEXT.replace("secret-content", "secret-content".repeat(400)), "", null),
				Arguments.of("ID_MISMATCH", TEXT, ID, "01KAN5Q2F3A8Y0W7V9ZK4D6C1C"));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void areOneLineOfTheAuditLog(String reason, String body, String id, String header) throws Exception {
		send(SUBJECT, body, header);
		DeadLetters deadLetters = this.application.get(DeadLetters.class);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> deadLetters.count() == 1);
		JsonNode line = audited().get(0);
		assertThat(audited()).hasSize(1);
		assertThat(line.get("level").stringValue()).isEqualTo("WARN");
		assertThat(line.get("audit").stringValue()).isEqualTo("refused");
		assertThat(line.get("reason").stringValue()).isEqualTo(reason);
		assertThat(line.get("subject").stringValue()).isEqualTo(SUBJECT);
		assertThat(line.get("stream").stringValue()).isEqualTo("AF_MESSAGES");
		assertThat(line.get("sequence").longValue()).isEqualTo(1);
		assertThat(line.get("consumer").stringValue()).isEqualTo("logged_audited");
		assertThat(line.get("refused_id").stringValue()).isEqualTo(id);
		assertThat(line.get("trace_id").stringValue()).isEqualTo(TRACE);
		assertThat(line.has("message_id")).isFalse();
		assertThat(line.toString()).doesNotContain("secret");
	}

	@Test
	void responsesThatAreRefused() {
		assertThat(this.application.publisher()
			.request("agents.forger.in", AfMessage.request("a", "b").build(),
					ParameterizedTypeReference.<String>forType(String.class), Duration.ofSeconds(3)))
			.failsWithin(Duration.ofSeconds(20));
		assertThat(audited()).hasSize(1);
		assertThat(audited().get(0).get("reason").stringValue()).isEqualTo("MALFORMED");
		assertThat(audited().get(0).get("subject").stringValue()).isNotEqualTo("agents.forger.in");
	}

	@Test
	void historyThatIsRefused() throws Exception {
		send("agents.audited.out", TEXT.replace("secret-content", "secret-forgery"), null);
		AfReplay replay = this.application.get(AfReplay.class);
		assertThat(
				replay.replay(ReplayRequest.forSubjects("agents.audited.out"), (message, delivery) -> null).refused())
			.isEqualTo(1);
		assertThat(audited()).hasSize(1);
		assertThat(audited().get(0).get("reason").stringValue()).isEqualTo("HASH");
		assertThat(audited().get(0).get("refused_id").stringValue()).isEqualTo(ID);
	}

	@Test
	void whatIsRefusedAtPublishGoesToItsCallerInstead() {
		assertThatExceptionOfType(PublishRejectedException.class).isThrownBy(() -> this.application.publisher()
			.publish(SUBJECT, AfMessage.event("a", "b").payload("x".repeat(5000)).build()));
		assertThat(this.application.log().events())
			.noneMatch((line) -> line.get("logger_name").stringValue().equals("af.audit"));
	}

	private List<JsonNode> audited() {
		return this.application.log().with("logger_name", "af.audit").events();
	}

	private void send(String subject, String body, String id) throws Exception {
		Headers headers = new Headers().put("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");
		if (id != null) {
			headers.put("Nats-Msg-Id", id);
		}
		connection().jetStream().publish(NatsMessage.builder().subject(subject).headers(headers).data(body).build());
	}

	private Connection connection() {
		return this.application.get(BusConnection.class).current();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class App {

		private final BusConnection bus;

		App(BusConnection bus) {
			this.bus = bus;
		}

		@AfListener(id = "audited", subject = SUBJECT)
		void take(String payload) {
		}

		@AfListener(id = "forger", subject = "agents.forger.in")
		void forge(AfMessage<Object> request) throws Exception {
			this.bus.current().jetStream().publish(request.replyTo(), "no message".getBytes(StandardCharsets.UTF_8));
		}

	}

}
