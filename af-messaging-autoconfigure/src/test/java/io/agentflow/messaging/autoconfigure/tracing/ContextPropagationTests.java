package io.agentflow.messaging.autoconfigure.tracing;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.tracing.Tracer;
import io.nats.client.Connection;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.observation.AfProcessContext;
import io.agentflow.messaging.observation.AfPublishContext;
import io.agentflow.messaging.observation.AfPublishConvention;
import io.agentflow.messaging.observation.DefaultAfProcessConvention;
import io.agentflow.messaging.observation.DefaultAfPublishConvention;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.publish.PublishReceipt;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * W3C Trace Context and Baggage through NATS headers, as somebody else may have written
 * them.
 */
@NatsTest(shared = false)
class ContextPropagationTests {

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

	private ConfigurableApplicationContext application;

	@AfterEach
	void stop() {
		this.application.close();
		LoggingSystem.get(getClass().getClassLoader()).cleanUp();
		LoggingSystem.get(getClass().getClassLoader()).beforeInitialize();
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void carriesTracestateAndBaggageOfSeveralLinesOn(String recorded, NatsServer server) throws Exception {
		start(Echo.class, server, "--af.tracing.enabled=" + recorded);
		Headers headers = new Headers().add("Traceparent", TRACEPARENT)
			.add("tracestate", "rojo=00f067aa0ba902b7")
			.add("tracestate", "congo=t61rcWkgMzE")
			.add("baggage", "tenant=blue,region=north")
			.add("baggage", "plan=gold");
		MessageInfo sentOn = send(headers);
		Seen seen = this.application.getBean(Echo.class).seen();
		assertThat(seen.span().getTraceId()).isEqualTo(TRACE);
		assertThat(seen.span().getTraceState().asMap()).containsEntry("rojo", "00f067aa0ba902b7")
			.containsEntry("congo", "t61rcWkgMzE");
		assertThat(seen.baggage()).containsEntry("tenant", "blue").containsEntry("plan", "gold");
		assertThat(sentOn.getHeaders().getFirst("traceparent")).startsWith("00-" + TRACE + "-");
		assertThat(sentOn.getHeaders().getFirst("tracestate")).contains("rojo=00f067aa0ba902b7", "congo=t61rcWkgMzE");
		assertThat(String.join(",", sentOn.getHeaders().get("baggage"))).contains("tenant=blue", "plan=gold");
	}

	@Test
	void leavesTracestateOfAnUnusableTraceparentAlone(NatsServer server) throws Exception {
		start(Echo.class, server);
		send(new Headers().add("traceparent", "00-nonsense").add("tracestate", "rojo=00f067aa0ba902b7"));
		SpanContext span = this.application.getBean(Echo.class).seen().span();
		assertThat(span.isValid()).isTrue();
		assertThat(span.getTraceState().asMap()).isEmpty();
	}

	@Test
	void takesNamesFromConventionsOfTheApplication(NatsServer server) throws Exception {
		try (OtlpReceiver receiver = new OtlpReceiver()) {
			start(Named.class, server, "--af.otel.exporter.otlp.endpoint=" + receiver.endpoint());
			send(new Headers());
			Awaitility.await()
				.untilAsserted(() -> assertThat(receiver.spans()).extracting(OtlpReceiver.ReceivedSpan::name)
					.contains("send workflows.*.out", "handle agents.echo.in"));
		}
	}

	/**
	 * Sends a message as another implementation would, and returns what the listener has
	 * published then.
	 */
	private MessageInfo send(Headers headers) throws Exception {
		Connection connection = this.application.getBean(BusConnection.class).current();
		byte[] body = this.application.getBean(EnvelopeCodec.class)
			.encode(AfMessage.event("somebody", "echo").payload("x").build())
			.bytes();
		connection.jetStream()
			.publish(NatsMessage.builder().subject(Subjects.agentIn("echo")).headers(headers).data(body).build());
		PublishReceipt receipt = this.application.getBean(Echo.class).receipts.poll(20, TimeUnit.SECONDS);
		assertThat(receipt).isNotNull();
		return connection.jetStreamManagement().getMessage(receipt.stream(), receipt.sequence());
	}

	private void start(Class<?> source, NatsServer server, String... more) {
		SpringApplication starter = new SpringApplication(source);
		starter.setWebApplicationType(WebApplicationType.NONE);
		starter.setRegisterShutdownHook(false);
		String[] arguments = { "--spring.application.name=propagation", "--af.bus.url=" + server.url(),
				"--af.trace.sample-rate=1.0", "--spring.docker.compose.enabled=false",
				"--management.opentelemetry.tracing.export.schedule-delay=100ms",
				"--management.tracing.baggage.remote-fields=tenant,plan" };
		String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
		System.arraycopy(more, 0, all, arguments.length, more.length);
		this.application = starter.run(all);
	}

	private record Seen(SpanContext span, Map<String, String> baggage) {
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Echo {

		private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

		private final BlockingQueue<PublishReceipt> receipts = new LinkedBlockingQueue<>();

		private final AfPublisher publisher;

		private final Tracer tracer;

		Echo(AfPublisher publisher, Tracer tracer) {
			this.publisher = publisher;
			this.tracer = tracer;
		}

		Seen seen() throws InterruptedException {
			return this.seen.poll(20, TimeUnit.SECONDS);
		}

		@AfListener(id = "echo", subject = "agents.echo.in")
		void on(AfMessage<String> message) {
			this.seen.add(new Seen(Span.current().getSpanContext(), this.tracer.getAllBaggage()));
			this.receipts.add(this.publisher.publish(Subjects.workflowOut("w"), AfMessage.event("e", "f").build()));
		}

	}

	static class Named extends Echo {

		Named(AfPublisher publisher, Tracer tracer) {
			super(publisher, tracer);
		}

		@Bean
		static AfPublishConvention sending() {
			return new DefaultAfPublishConvention() {
				@Override
				public String getContextualName(AfPublishContext context) {
					return "send " + Subjects.template(context.subject());
				}
			};
		}

		@Bean
		static DefaultAfProcessConvention handling() {
			return new DefaultAfProcessConvention() {
				@Override
				public String getContextualName(AfProcessContext context) {
					return "handle " + context.delivery().subject();
				}
			};
		}

	}

}
