package io.agentflow.messaging.observation;

import io.micrometer.observation.ObservationRegistry;
import io.nats.client.impl.Headers;

/**
 * Ids and times only, for what is not recorded.
 *
 * @param trace the trace that a thread is in
 * @param times takes the times
 * @param full who observes what has more to carry
 * @param registry knows what observation a thread is in
 */
record LightObservations(CurrentTrace trace, MessageTimes times, MessageObservations full,
		ObservationRegistry registry) implements MessageObservations {

	private static final String TRACESTATE = "tracestate";

	private static final String BAGGAGE = "baggage";

	@Override
	public Ongoing publish(AfPublishContext context) {
		if (this.registry.getCurrentObservation() != null) {
			return this.full.publish(context);
		}
		TraceContext current = this.trace.get();
		if (this.trace.mayRecord(current)) {
			return this.full.publish(context);
		}
		Headers headers = context.getCarrier();
		if (current != null && headers != null) {
			headers.put(TraceContext.TRACEPARENT, TraceContext.generate(current.traceId()).traceparent());
		}
		return new Publish(context, this.times, System.nanoTime());
	}

	@Override
	public Ongoing process(AfProcessContext context) {
		Headers headers = context.getCarrier();
		if (headers != null && (carries(headers, TRACESTATE) || carries(headers, BAGGAGE))) {
			return this.full.process(context);
		}
		TraceContext came = TraceContext.find(headers, context.message());
		if (this.trace.mayRecord(came)) {
			return this.full.process(context);
		}
		return new Process(context, this, (came != null) ? came : TraceContext.generate(null), System.nanoTime());
	}

	@Override
	public Ongoing linked(AfLinkedContext context) {
		return this.full.linked(context);
	}

	private static boolean carries(Headers headers, String name) {
		return headers.containsKeyIgnoreCase(name);
	}

	/**
	 * A publish. Nothing of it runs in a trace of its own: its span is not recorded.
	 */
	private record Publish(AfPublishContext context, MessageTimes times, long start) implements Ongoing {

		@Override
		public void error(Throwable failure) {
			this.context.setError(failure);
		}

		@Override
		public Scope openScope() {
			return Scope.NONE;
		}

		@Override
		public void stop() {
			this.times.published(this.context, System.nanoTime() - this.start);
		}

	}

	/**
	 * A delivery. Its span is not recorded, so what happens in it belongs to the span
	 * that the message came with.
	 */
	private record Process(AfProcessContext context, LightObservations observations, TraceContext came,
			long start) implements Ongoing {

		@Override
		public void error(Throwable failure) {
			this.context.setError(failure);
		}

		@Override
		public Scope openScope() {
			return this.observations.trace().open(this.came);
		}

		@Override
		public void stop() {
			this.observations.times().processed(this.context, System.nanoTime() - this.start);
		}

	}

}
