package io.agentflow.messaging.observation;

import org.jspecify.annotations.Nullable;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Observations of a registry.
 *
 * @param registry who observes
 * @param publishConvention names and tags, or {@code null} for the default
 * @param processConvention names and tags, or {@code null} for the default
 */
record RegistryObservations(ObservationRegistry registry, @Nullable AfPublishConvention publishConvention,
		@Nullable AfProcessConvention processConvention) implements MessageObservations {

	@Override
	public Ongoing publish(AfPublishContext context) {
		return new OngoingObservation(AfObservation.PUBLISH
			.observation(this.publishConvention, DefaultAfPublishConvention.INSTANCE, () -> context, this.registry)
			.start(), context::end);
	}

	@Override
	public Ongoing process(AfProcessContext context) {
		return new OngoingObservation(AfObservation.PROCESS
			.observation(this.processConvention, DefaultAfProcessConvention.INSTANCE, () -> context, this.registry)
			.start(), context::end);
	}

	@Override
	public Ongoing linked(AfLinkedContext context) {
		LinkedConvention convention = context.isReplay() ? LinkedConvention.REPLAY : LinkedConvention.BATCH;
		AfObservation what = context.isReplay() ? AfObservation.REPLAY : AfObservation.BATCH;
		return new OngoingObservation(what.observation(null, convention, () -> context, this.registry).start(), () -> {
		});
	}

	/**
	 * An observation of Micrometer.
	 */
	private record OngoingObservation(Observation observation, Runnable end) implements Ongoing {

		@Override
		public void error(Throwable failure) {
			this.observation.error(failure);
		}

		@Override
		public Scope openScope() {
			return this.observation.openScope()::close;
		}

		@Override
		public void stop() {
			this.end.run();
			this.observation.stop();
		}

	}

}
