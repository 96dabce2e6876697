package io.agentflow.messaging.publish;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Cost;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.observation.MessageObservations;
import io.agentflow.messaging.test.server.NatsServer;
import io.nats.client.api.MessageInfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PublishObservationTests {

	private static final InMemorySpanExporter spans = InMemorySpanExporter.create();

	private static NatsServer server;

	private static PublishFixture bus;

	private static AfPublisher traced;

	@BeforeAll
	static void start() {
		server = NatsServer.start();
		bus = PublishFixture.connect(server.url()).withStreams();
		traced = AfPublisher.builder(bus.connection, bus.codec)
			.observations(MessageObservations.of(registry(), null, null))
			.build();
	}

	@AfterAll
	static void stop() {
		traced.close();
		bus.close();
		server.close();
	}

	@BeforeEach
	void forget() {
		spans.reset();
	}

	@Test
	void namesTheSpanAndCarriesItsIdsInHeadersAndEnvelope() throws Exception {
		AfMessage<?> message = PublishFixture.event(1)
			.toBuilder()
			.agentId("a17")
			.cost(new Cost(12, new java.math.BigDecimal("0.5")))
			.build();
		PublishReceipt receipt = traced.publish(Subjects.agentIn("a17"), message);
		SpanData span = spans.getFinishedSpanItems().get(0);
		assertThat(span.getName()).isEqualTo("publish agents.*.in");
		assertThat(span.getKind()).isEqualTo(SpanKind.PRODUCER);
		assertThat(attribute(span, "messaging.system")).isEqualTo("nats");
		assertThat(attribute(span, "messaging.message.id")).isEqualTo(message.id());
		assertThat(attribute(span, "messaging.destination.name")).isEqualTo("agents.a17.in");
		assertThat(attribute(span, "agentflow.workflow.id")).isEqualTo("w1");
		assertThat(attribute(span, "agentflow.message.envelope_hash")).isEqualTo(receipt.envelopeHash());
		assertThat(attribute(span, "agentflow.message.cost.tokens")).isEqualTo("12");
		assertThat(attribute(span, "messaging.nats.stream")).isEqualTo("AF_MESSAGES");
		assertThat(attribute(span, "error.type")).isNull();
		assertThat(span.getAttributes().toString()).doesNotContain("number");
		MessageInfo stored = bus.connection.current()
			.jetStreamManagement()
			.getMessage("AF_MESSAGES", receipt.sequence());
		AfMessage<?> decoded = bus.codec.decode(stored.getData()).message();
		assertThat(decoded.traceId()).isEqualTo(span.getTraceId());
		assertThat(decoded.spanId()).isEqualTo(span.getSpanId());
		assertThat(stored.getHeaders().getFirst("traceparent"))
			.startsWith("00-" + span.getTraceId() + "-" + span.getSpanId());
	}

	@Test
	void marksAFailedPublish() {
		assertThatExceptionOfType(PublishRejectedException.class)
			.isThrownBy(() -> traced.publish("elsewhere.x", PublishFixture.event(1)));
		SpanData span = spans.getFinishedSpanItems().get(0);
		assertThat(span.getName()).isEqualTo("publish other");
		assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		assertThat(attribute(span, "error.type")).isEqualTo(PublishRejectedException.class.getName());
	}

	@Test
	void isNoConflictWhenTheSameMessageIsPublishedInAnotherSpan() {
		AfMessage<?> message = PublishFixture.event(1);
		PublishReceipt first = traced.publish(Subjects.agentIn("a1"), message);
		PublishReceipt second = traced.publish(Subjects.agentIn("a1"), message);
		assertThat(second.duplicate()).isTrue();
		assertThat(second.sequence()).isEqualTo(first.sequence());
		assertThat(second.envelopeHash()).isNotEqualTo(first.envelopeHash());
	}

	private static String attribute(SpanData span, String key) {
		return span.getAttributes().get(AttributeKey.stringKey(key));
	}

	private static ObservationRegistry registry() {
		SdkTracerProvider provider = SdkTracerProvider.builder()
			.addSpanProcessor(SimpleSpanProcessor.create(spans))
			.build();
		Tracer otel = provider.get("test");
		OtelTracer tracer = new OtelTracer(otel, new OtelCurrentTraceContext(), (event) -> {
		});
		OtelPropagator propagator = new OtelPropagator(
				ContextPropagators.create(W3CTraceContextPropagator.getInstance()), otel);
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig()
			.observationHandler(
					new io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler(
							new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
							new DefaultTracingObservationHandler(tracer)));
		return registry;
	}

}
