package io.agentflow.messaging.autoconfigure.metrics;

import java.time.Duration;
import java.time.Instant;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.listener.DeliveryObserver;
import io.agentflow.messaging.observation.AfPublishContext;

/**
 * Counts messages. Tags are bounded: subjects by their family, never an agent, workflow
 * or message. Thread-safe.
 */
final class MessageMetrics implements DeliveryObserver, ObservationHandler<AfPublishContext> {

	static final String SENT = "messaging.client.sent.messages";

	static final String CONSUMED = "messaging.client.consumed.messages";

	static final String LATENCY = "agentflow.message.latency";

	static final String REDELIVERED = "agentflow.message.redeliveries";

	static final String DEAD_LETTERS = "agentflow.message.dead.letters";

	static final String HASH_FAILURES = "agentflow.message.hash.failures";

	static final String TOKENS = "agentflow.message.cost.tokens";

	static final String DOLLARS = "agentflow.message.cost.dollars";

	private final MeterRegistry registry;

	MessageMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof AfPublishContext;
	}

	@Override
	public void onStop(AfPublishContext context) {
		Tags tags = Tags.of("messaging.system", "nats", "messaging.destination.template",
				Subjects.template(context.subject()));
		String error = (context.getError() != null) ? context.getError().getClass().getSimpleName() : "none";
		counter(SENT, "Messages that this application tried to publish", "messages", tags.and("error", error))
			.increment();
		if (context.getError() == null) {
			AfMessage<?> message = context.message();
			Tags cost = tags.and("agentflow.message.type", message.type().wireName());
			counter(TOKENS, "Tokens that published messages have cost", "tokens", cost)
				.increment(message.cost().tokens());
			counter(DOLLARS, "Dollars that published messages have cost", "dollars", cost)
				.increment(message.cost().dollars().doubleValue());
		}
	}

	@Override
	public void delivered(String listenerId, AfMessage<?> message, Delivery delivery) {
		Tags tags = tags(listenerId, delivery.subject());
		counter(CONSUMED, "Messages delivered to handlers", "messages", tags).increment();
		if (delivery.isRedelivery()) {
			counter(REDELIVERED, "Deliveries that were not the first of their message", "messages", tags).increment();
		}
	}

	@Override
	public void handled(String listenerId, AfMessage<?> message, Delivery delivery) {
		Duration latency = Duration.between(message.ts(), Instant.now());
		Timer.builder(LATENCY)
			.description("Time from a message's own time stamp to the end of its handling")
			.tags(tags(listenerId, delivery.subject()))
			.register(this.registry)
			// The clocks of two machines may differ by more than a message takes.
			.record(latency.isNegative() ? Duration.ZERO : latency);
	}

	@Override
	public void deadLettered(String listenerId, String subject, FailureReason reason) {
		Tags tags = tags(listenerId, subject);
		counter(DEAD_LETTERS, "Messages given up and kept", "messages", tags.and("reason", reason.name())).increment();
		if (reason == FailureReason.HASH) {
			counter(HASH_FAILURES, "Messages refused because their hash is missing or wrong", "messages", tags)
				.increment();
		}
	}

	private static Tags tags(String listenerId, String subject) {
		return Tags.of("messaging.system", "nats", "messaging.destination.template", Subjects.template(subject),
				"agentflow.listener.id", listenerId);
	}

	private Counter counter(String name, String description, String unit, Tags tags) {
		return Counter.builder(name).description(description).baseUnit(unit).tags(tags).register(this.registry);
	}

}
