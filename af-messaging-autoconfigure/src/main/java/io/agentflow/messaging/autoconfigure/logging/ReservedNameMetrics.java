package io.agentflow.messaging.autoconfigure.logging;

import ch.qos.logback.classic.LoggerContext;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Shows how often application code has tried to set a reserved log field, by its name:
 * {@code af.logging.reserved.overrides}.
 */
public final class ReservedNameMetrics implements MeterBinder {

	private static final String NAME = "af.logging.reserved.overrides";

	@Override
	public void bindTo(MeterRegistry registry) {
		ILoggerFactory factory = LoggerFactory.getILoggerFactory();
		if (!(factory instanceof LoggerContext context)) {
			return;
		}
		for (String field : ReservedNames.NAMES) {
			// The names' counters live with the logger context, which outlives the
			// meters.
			FunctionCounter.builder(NAME, context, (owner) -> ReservedNames.of(owner).overrides(field))
				.description("Log fields that application code set under a reserved name")
				.baseUnit("fields")
				.tag("field", field)
				.register(registry);
		}
	}

}
