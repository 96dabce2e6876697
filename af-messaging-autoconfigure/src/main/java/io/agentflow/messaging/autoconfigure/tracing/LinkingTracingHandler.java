package io.agentflow.messaging.autoconfigure.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;

import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.core.Ordered;

import io.agentflow.messaging.observation.AfLinkedContext;
import io.agentflow.messaging.observation.TraceContext;

/**
 * Makes spans with links of replays and batches. Asked before the handler that makes
 * spans of all other deliveries.
 */
final class LinkingTracingHandler extends PropagatingReceiverTracingObservationHandler<AfLinkedContext>
		implements Ordered {

	LinkingTracingHandler(Tracer tracer, Propagator propagator) {
		super(tracer, propagator);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof AfLinkedContext;
	}

	@Override
	public Span.Builder customizeExtractedSpan(AfLinkedContext context, Span.Builder builder) {
		for (TraceContext published : context.links()) {
			builder.addLink(new Link(getTracer().traceContextBuilder()
				.traceId(published.traceId())
				.spanId(published.spanId())
				.sampled(published.isSampled())
				.build()));
		}
		return builder;
	}

	@Override
	public int getOrder() {
		return MicrometerTracingAutoConfiguration.RECEIVER_TRACING_OBSERVATION_HANDLER_ORDER - 1;
	}

}
