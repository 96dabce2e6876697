package io.agentflow.messaging.autoconfigure.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.jspecify.annotations.Nullable;

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

	private static final String MESSAGES = "messages";

	private final MeterRegistry registry;

	private final CachedMeters<Key, Counter> sent = counters(SENT, "Messages that this application tried to publish",
			MESSAGES, (key) -> Tags.of("error", key.first()));

	private final CachedMeters<Key, Counter> tokens = counters(TOKENS, "Tokens that published messages have cost",
			"tokens", (key) -> Tags.of("agentflow.message.type", key.first()));

	private final CachedMeters<Key, Counter> dollars = counters(DOLLARS, "Dollars that published messages have cost",
			"dollars", (key) -> Tags.of("agentflow.message.type", key.first()));

	private final CachedMeters<Key, Counter> consumed = counters(CONSUMED, "Messages delivered to handlers", MESSAGES,
			MessageMetrics::listener);

	private final CachedMeters<Key, Counter> redelivered = counters(REDELIVERED,
			"Deliveries that were not the first of their message", MESSAGES, MessageMetrics::listener);

	private final CachedMeters<Key, Counter> deadLetters = counters(DEAD_LETTERS, "Messages given up and kept",
			MESSAGES, (key) -> listener(key).and("reason", key.second()));

	private final CachedMeters<Key, Counter> hashFailures = counters(HASH_FAILURES,
			"Messages refused because their hash is missing or wrong", MESSAGES, MessageMetrics::listener);

	private final CachedMeters<Key, Timer> latencies;

	MessageMetrics(MeterRegistry registry) {
		this.registry = registry;
		this.latencies = new CachedMeters<>((key) -> Timer.builder(LATENCY)
			.description("Time from a message's own time stamp to the end of its handling")
			.tags(common(key).and(listener(key)))
			.register(registry));
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof AfPublishContext;
	}

	@Override
	public void onStop(AfPublishContext context) {
		String template = Subjects.template(context.subject());
		Throwable error = context.getError();
		this.sent.get(new Key(template, errorTag(error), "")).increment();
		if (error == null) {
			AfMessage<?> message = context.message();
			String type = message.type().wireName();
			this.tokens.get(new Key(template, type, "")).increment(message.cost().tokens());
			this.dollars.get(new Key(template, type, "")).increment(message.cost().dollars().doubleValue());
		}
	}

	@Override
	public void delivered(String listenerId, AfMessage<?> message, Delivery delivery) {
		String template = Subjects.template(delivery.subject());
		this.consumed.get(new Key(template, listenerId, "")).increment();
		if (delivery.isRedelivery()) {
			this.redelivered.get(new Key(template, listenerId, "")).increment();
		}
	}

	@Override
	public void handled(String listenerId, AfMessage<?> message, Delivery delivery) {
		Duration latency = Duration.between(message.ts(), Instant.now());
		// The clocks of two machines may differ by more than a message takes.
		this.latencies.get(new Key(Subjects.template(delivery.subject()), listenerId, ""))
			.record(latency.isNegative() ? Duration.ZERO : latency);
	}

	@Override
	public void deadLettered(String listenerId, String subject, FailureReason reason) {
		String template = Subjects.template(subject);
		this.deadLetters.get(new Key(template, listenerId, reason.name())).increment();
		if (reason == FailureReason.HASH) {
			this.hashFailures.get(new Key(template, listenerId, "")).increment();
		}
	}

	/**
	 * Begins the counters of a listener at zero: an increase is seen only in a counter
	 * that was there before.
	 * @param listenerId the listener
	 * @param filter one of its subject filters
	 */
	void expect(String listenerId, String filter) {
		Key key = new Key(Subjects.template(filter), listenerId, "");
		this.consumed.get(key);
		this.redelivered.get(key);
		this.hashFailures.get(key);
		this.latencies.get(key);
		for (FailureReason reason : FailureReason.values()) {
			this.deadLetters.get(new Key(key.template(), listenerId, reason.name()));
		}
	}

	/**
	 * Names the outcome as Micrometer's own timers of observations do.
	 */
	static String errorTag(@Nullable Throwable error) {
		return (error != null) ? error.getClass().getSimpleName() : "none";
	}

	private static Tags common(Key key) {
		return Tags.of("messaging.system", "nats", "messaging.destination.template", key.template());
	}

	private static Tags listener(Key key) {
		return Tags.of("agentflow.listener.id", key.first());
	}

	private CachedMeters<Key, Counter> counters(String name, String description, String unit,
			Function<Key, Tags> tags) {
		return new CachedMeters<>((key) -> Counter.builder(name)
			.description(description)
			.baseUnit(unit)
			.tags(common(key).and(tags.apply(key)))
			.register(this.registry));
	}

	/**
	 * What tells meters of one name apart.
	 *
	 * @param template family of the subject
	 * @param first the listener, the type of the message, or the error
	 * @param second reason of a dead letter, else empty
	 */
	private record Key(String template, String first, String second) {
	}

}
