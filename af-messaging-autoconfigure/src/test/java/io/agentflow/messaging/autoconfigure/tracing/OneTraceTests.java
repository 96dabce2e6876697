package io.agentflow.messaging.autoconfigure.tracing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.opentelemetry.proto.trace.v1.Span;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.autoconfigure.tracing.OtlpReceiver.ReceivedSpan;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

@NatsTest
@ExtendWith(OutputCaptureExtension.class)
class OneTraceTests {

	private final List<ConfigurableApplicationContext> applications = new ArrayList<>();

	@AfterEach
	void stop() {
		this.applications.forEach(ConfigurableApplicationContext::close);
		LoggingSystem.get(getClass().getClassLoader()).cleanUp();
		LoggingSystem.get(getClass().getClassLoader()).beforeInitialize();
	}

	@Test
	void goesFromTheRequestToTheReply(NatsServer server, CapturedOutput output) throws Exception {
		try (OtlpReceiver receiver = new OtlpReceiver()) {
			String[] traced = { "--af.otel.exporter.otlp.endpoint=" + receiver.endpoint(), "--af.trace.sample-rate=1.0",
					"--management.opentelemetry.tracing.export.schedule-delay=100ms" };
			run(server, "ponger", Ponger.class, traced);
			AfMessage<String> reply = ask(run(server, "pinger", Pinger.class, traced));
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(receiver.spans()).hasSize(3));
			ReceivedSpan request = receiver.span("pinger", "publish agents.*.in");
			ReceivedSpan process = receiver.span("ponger", "process agents.*.in");
			ReceivedSpan response = receiver.span("ponger", "publish agents.*.in");
			assertThat(List.of(process.traceId(), response.traceId(), reply.traceId())).containsOnly(request.traceId());
			assertThat(process.parentId()).isEqualTo(request.spanId());
			assertThat(response.parentId()).isEqualTo(process.spanId());
			assertThat(reply.spanId()).isEqualTo(response.spanId());
			assertThat(request.kind()).isEqualTo(Span.SpanKind.SPAN_KIND_PRODUCER);
			assertThat(process.kind()).isEqualTo(Span.SpanKind.SPAN_KIND_CONSUMER);
			assertThat(process.attributes()).containsEntry("agentflow.workflow.id", "wf-7")
				.containsEntry("messaging.system", "nats");
			JsonNode line = line(output, "ping received");
			assertThat(line.get("trace_id").stringValue()).isEqualTo(request.traceId());
			assertThat(line.get("span_id").stringValue()).isEqualTo(process.spanId());
			assertThat(line.get("message_id").stringValue()).isEqualTo(reply.correlationId());
			assertThat(line.get("workflow_id").stringValue()).isEqualTo("wf-7");
		}
	}

	@Test
	void isInTheLogsWithNothingConfigured(NatsServer server, CapturedOutput output) throws Exception {
		run(server, "ponger", Ponger.class);
		AfMessage<String> reply = ask(run(server, "pinger", Pinger.class));
		JsonNode line = line(output, "ping received");
		assertThat(line.get("trace_id").stringValue()).isEqualTo(reply.traceId()).hasSize(32);
		assertThat(line.get("span_id").stringValue()).hasSize(16);
		assertThat(line.get("message_id").stringValue()).isEqualTo(reply.correlationId());
	}

	@ParameterizedTest
	@ValueSource(strings = { "--af.tracing.enabled=false", "--management.tracing.export.enabled=false" })
	void isInTheLogsWithTracingOff(String off, NatsServer server, CapturedOutput output) throws Exception {
		run(server, "ponger", Ponger.class, off);
		AfMessage<String> reply = ask(run(server, "pinger", Pinger.class, off));
		assertThat(line(output, "ping received").get("trace_id").stringValue()).isEqualTo(reply.traceId()).hasSize(32);
	}

	private static AfMessage<String> ask(ConfigurableApplicationContext pinger) throws Exception {
		AfMessage<String> ping = AfMessage.request("pinger", "ponger").workflowId("wf-7").payload("ping").build();
		return pinger.getBean(AfPublisher.class)
			.request(Subjects.agentIn("ponger"), ping, new ParameterizedTypeReference<String>() {
			}, Duration.ofSeconds(20))
			.get(30, TimeUnit.SECONDS);
	}

	private ConfigurableApplicationContext run(NatsServer server, String name, Class<?> source, String... more) {
		SpringApplication application = new SpringApplication(source);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		List<String> arguments = new ArrayList<>(List.of(more));
		arguments.addAll(List.of("--spring.application.name=" + name, "--af.bus.url=" + server.url(),
				"--spring.docker.compose.enabled=false"));
		ConfigurableApplicationContext context = application.run(arguments.toArray(String[]::new));
		this.applications.add(context);
		return context;
	}

	private static JsonNode line(CapturedOutput output, String message) {
		return Awaitility.await()
			.until(() -> output.getOut()
				.lines()
				.filter((text) -> text.startsWith("{"))
				.map(JsonMapper.shared()::readTree)
				.filter((tree) -> tree.get("message").stringValue().equals(message))
				.reduce((first, last) -> last)
				.orElse(null), (found) -> found != null);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Pinger {

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Ponger {

		private static final Logger logger = LoggerFactory.getLogger(Ponger.class);

		@AfListener(id = "pong", subject = "agents.ponger.in")
		String on(AfMessage<String> ping) {
			logger.info("ping received");
			return "pong";
		}

	}

}
