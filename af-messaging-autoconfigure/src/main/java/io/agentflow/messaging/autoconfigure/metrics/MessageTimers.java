package io.agentflow.messaging.autoconfigure.metrics;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.observation.AfObservation.LowKey;
import io.agentflow.messaging.observation.AfProcessContext;
import io.agentflow.messaging.observation.AfPublishContext;
import io.agentflow.messaging.observation.DefaultAfProcessConvention;
import io.agentflow.messaging.observation.DefaultAfPublishConvention;
import io.agentflow.messaging.observation.MessageTimes;

/**
 * The timers that Micrometer makes of observations, of the same names and tags, for
 * messages that are not observed in full. Thread-safe.
 */
final class MessageTimers implements MessageTimes {

	private final MessageMetrics counters;

	private final CachedMeters<PublishKey, Timer> publishes;

	private final CachedMeters<ProcessKey, Timer> deliveries;

	MessageTimers(MeterRegistry registry, MessageMetrics counters) {
		this.counters = counters;
		this.publishes = new CachedMeters<>(
				(key) -> registry.timer(DefaultAfPublishConvention.INSTANCE.getName(), key.tags()));
		this.deliveries = new CachedMeters<>(
				(key) -> registry.timer(DefaultAfProcessConvention.INSTANCE.getName(), key.tags()));
	}

	@Override
	public void published(AfPublishContext context, long nanos) {
		this.counters.onStop(context);
		this.publishes
			.get(new PublishKey(Subjects.template(context.subject()), context.message().type().wireName(),
					MessageMetrics.errorTag(context.getError())))
			.record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void processed(AfProcessContext context, long nanos) {
		AfMessage<?> message = context.message();
		this.deliveries
			.get(new ProcessKey(Subjects.template(context.delivery().subject()),
					(message != null) ? message.type().wireName() : "unknown", context.delivery().consumer(),
					MessageMetrics.errorTag(context.getError())))
			.record(nanos, TimeUnit.NANOSECONDS);
	}

	private static Tags tags(String operationType, String operation, String template, String type, String error) {
		return Tags.of(LowKey.SYSTEM.asString(), "nats", LowKey.OPERATION_TYPE.asString(), operationType,
				LowKey.OPERATION_NAME.asString(), operation, LowKey.DESTINATION_TEMPLATE.asString(), template,
				LowKey.MESSAGE_TYPE.asString(), type, "error", error);
	}

	private record PublishKey(String template, String type, String error) {

		Tags tags() {
			return MessageTimers.tags("send", "publish", this.template, this.type, this.error);
		}

	}

	private record ProcessKey(String template, String type, String consumer, String error) {

		Tags tags() {
			return MessageTimers.tags("process", "process", this.template, this.type, this.error)
				.and(LowKey.CONSUMER_GROUP.asString(), this.consumer.isEmpty() ? "none" : this.consumer);
		}

	}

}
