package io.agentflow.messaging.autoconfigure.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.observation.CurrentTrace;
import io.agentflow.messaging.observation.MessageObservations.Scope;
import io.agentflow.messaging.observation.TraceContext;

/**
 * The trace that the application's tracer is in.
 *
 * @param tracer the tracer
 */
record TracerCurrentTrace(Tracer tracer) implements CurrentTrace {

	@Override
	public @Nullable TraceContext get() {
		Span span = this.tracer.currentSpan();
		return (span != null) ? TraceContext.of(span.context().traceId(), span.context().spanId(), 0) : null;
	}

	@Override
	public Scope open(TraceContext context) {
		return this.tracer.currentTraceContext()
			.newScope(this.tracer.traceContextBuilder()
				.traceId(context.traceId())
				.spanId(context.spanId())
				.sampled(false)
				.build())::close;
	}

}
