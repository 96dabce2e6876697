package io.agentflow.messaging.autoconfigure.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.stream.DoubleStream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;

import org.springframework.core.Ordered;

/**
 * Gives the timers of messages a description, which observations have none of, and the
 * buckets that OpenTelemetry's conventions name for them, so that percentiles can be told
 * over all instances. Comes before Spring Boot's own filter, whose properties
 * ({@code management.metrics.distribution.slo.*}) win.
 */
final class MessageTimerFilter implements MeterFilter, Ordered {

	static final String PUBLISH = "messaging.client.operation.duration";

	static final String PROCESS = "messaging.process.duration";

	private static final Map<String, String> DESCRIPTIONS = Map.of(PUBLISH,
			"Time from the call of a publish to the broker's receipt, retries included", PROCESS,
			"Time from a delivery's arrival at the handler to its settlement", MessageMetrics.LATENCY,
			"Time from a message's own time stamp to the end of its handling");

	/** Seconds, by OpenTelemetry's conventions for messaging metrics. */
	private static final DistributionStatisticConfig BUCKETS = DistributionStatisticConfig.builder()
		.serviceLevelObjectives(
				DoubleStream.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
					.map((seconds) -> seconds * Duration.ofSeconds(1).toNanos())
					.toArray())
		.build();

	@Override
	public Meter.Id map(Meter.Id id) {
		String description = DESCRIPTIONS.get(id.getName());
		return (description != null && id.getDescription() == null)
				? new Meter.Id(id.getName(), Tags.of(id.getTags()), id.getBaseUnit(), description, id.getType()) : id;
	}

	@Override
	public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
		return (id.getType() == Meter.Type.TIMER && DESCRIPTIONS.containsKey(id.getName())) ? BUCKETS.merge(config)
				: config;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
