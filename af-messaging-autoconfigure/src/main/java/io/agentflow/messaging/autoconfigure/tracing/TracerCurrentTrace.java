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
 * @param rule which spans might be recorded
 */
record TracerCurrentTrace(Tracer tracer, RecordingRule rule) implements CurrentTrace {

	@Override
	public @Nullable TraceContext get() {
		Span span = this.tracer.currentSpan();
		if (span == null) {
			return null;
		}
		io.micrometer.tracing.TraceContext context = span.context();
		return TraceContext.of(context.traceId(), context.spanId(),
				Boolean.TRUE.equals(context.sampled()) ? TraceContext.SAMPLED : 0);
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

	@Override
	public boolean mayRecord(@Nullable TraceContext parent) {
		return this.rule.mayRecord(parent);
	}

}
