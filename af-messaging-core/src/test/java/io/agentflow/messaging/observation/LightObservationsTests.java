package io.agentflow.messaging.observation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.observation.MessageObservations.Ongoing;
import io.agentflow.messaging.observation.MessageObservations.Scope;

import static org.assertj.core.api.Assertions.assertThat;

class LightObservationsTests {

	private static final TraceContext CAME = new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7",
			1);

	private final List<String> observed = new ArrayList<>();

	private final List<String> timed = new ArrayList<>();

	private final ThreadTrace trace = new ThreadTrace();

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final MessageObservations light = MessageObservations.light(this.trace, new Times(),
			MessageObservations.of(this.registry, null, null), this.registry);

	LightObservationsTests() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onStart(Observation.Context context) {
				LightObservationsTests.this.observed.add(String.valueOf(context.getName()));
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
	}

	@Test
	void timesADeliveryInTheTraceThatItCameWith() {
		Ongoing delivery = this.light.process(delivery(new Headers().put("traceparent", CAME.traceparent())));
		try (Scope scope = delivery.openScope()) {
			assertThat(this.trace.get()).isEqualTo(CAME);
		}
		delivery.stop();
		assertThat(this.trace.get()).isNull();
		assertThat(this.timed).containsExactly("process null");
		assertThat(this.observed).isEmpty();
	}

	@Test
	void startsATraceForADeliveryThatCameWithNone() {
		try (Scope scope = this.light.process(delivery(new Headers())).openScope()) {
			assertThat(this.trace.get()).isNotNull();
		}
	}

	@Test
	void publishesInTheTraceOfTheDelivery() {
		Headers headers = new Headers();
		Ongoing delivery = this.light.process(delivery(new Headers().put("traceparent", CAME.traceparent())));
		try (Scope scope = delivery.openScope()) {
			this.light.publish(publish(headers)).stop();
		}
		TraceContext published = TraceContext.parse(headers.getFirst("traceparent"));
		assertThat(published).isNotNull();
		assertThat(published.traceId()).isEqualTo(CAME.traceId());
		assertThat(published.spanId()).isNotEqualTo(CAME.spanId());
		assertThat(published.isSampled()).isFalse();
	}

	@Test
	void leavesTheIdsOfAMessageOutsideOfAnyTrace() {
		Headers headers = new Headers();
		this.light.publish(publish(headers)).stop();
		assertThat(headers.containsKey("traceparent")).isFalse();
	}

	@Test
	void tellsTheErrorToWhomTakesTheTime() {
		Ongoing publish = this.light.publish(publish(new Headers()));
		publish.error(new IllegalStateException("gone"));
		publish.stop();
		assertThat(this.timed).containsExactly("publish IllegalStateException");
	}

	@Test
	void observesInFullWhatMayBeRecorded() {
		this.trace.recordsSampled = true;
		TraceContext unsampled = new TraceContext(CAME.traceId(), CAME.spanId(), 0);
		Ongoing light = this.light.process(delivery(new Headers().put("traceparent", unsampled.traceparent())));
		try (Scope scope = light.openScope()) {
			this.light.publish(publish(new Headers())).stop();
		}
		light.stop();
		assertThat(this.observed).isEmpty();
		assertThat(this.timed).hasSize(2);
		this.light.publish(publish(new Headers())).stop();
		this.light.process(delivery(new Headers().put("traceparent", CAME.traceparent()))).stop();
		this.light.process(delivery(new Headers())).stop();
		assertThat(this.observed).containsExactly("messaging.client.operation.duration", "messaging.process.duration",
				"messaging.process.duration");
		assertThat(this.timed).hasSize(2);
	}

	@Test
	void observesInFullWhatCarriesMoreThanIds() {
		Headers headers = new Headers().put("traceparent", CAME.traceparent());
		this.light.process(delivery(new Headers(headers).put("tracestate", "vendor=1"))).stop();
		this.light.process(delivery(new Headers(headers).put("Baggage", "tenant=7"))).stop();
		assertThat(this.observed).hasSize(2).containsOnly("messaging.process.duration");
		assertThat(this.timed).isEmpty();
	}

	@Test
	void observesInFullWhatIsPublishedWithinAnObservation() {
		Observation.createNotStarted("http.server.requests", this.registry)
			.observe(() -> this.light.publish(publish(new Headers())).stop());
		assertThat(this.observed).containsExactly("http.server.requests", "messaging.client.operation.duration");
		assertThat(this.timed).isEmpty();
	}

	private static AfPublishContext publish(Headers headers) {
		return new AfPublishContext(headers, "agents.b.in", AfMessage.event("a", "b").build());
	}

	private static AfProcessContext delivery(Headers headers) {
		return new AfProcessContext(headers,
				new Delivery("agents.b.in", "AF_MESSAGES", "app_b", 1, 1, Instant.now(), 0, false, Map.of()),
				AfMessage.event("a", "b").build());
	}

	private final class Times implements MessageTimes {

		@Override
		public void published(AfPublishContext context, long nanos) {
			note("publish", context, nanos);
		}

		@Override
		public void processed(AfProcessContext context, long nanos) {
			note("process", context, nanos);
		}

		private void note(String what, Observation.Context context, long nanos) {
			assertThat(nanos).isNotNegative();
			Throwable error = context.getError();
			LightObservationsTests.this.timed
				.add(what + " " + ((error != null) ? error.getClass().getSimpleName() : null));
		}

	}

	private static final class ThreadTrace implements CurrentTrace {

		private @Nullable TraceContext current;

		private boolean recordsSampled;

		@Override
		public boolean mayRecord(@Nullable TraceContext parent) {
			return this.recordsSampled && (parent == null || parent.isSampled());
		}

		@Override
		public @Nullable TraceContext get() {
			return this.current;
		}

		@Override
		public Scope open(TraceContext context) {
			TraceContext before = this.current;
			this.current = context;
			return () -> this.current = before;
		}

	}

}
