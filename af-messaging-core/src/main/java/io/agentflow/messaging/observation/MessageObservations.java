package io.agentflow.messaging.observation;

import org.jspecify.annotations.Nullable;

import io.micrometer.observation.ObservationRegistry;

/**
 * How publishes and deliveries are observed. Implementations are thread-safe.
 */
public interface MessageObservations {

	/** Nobody observes. */
	MessageObservations NONE = of(ObservationRegistry.NOOP, null, null);

	/**
	 * Makes each a Micrometer observation, which handlers of the registry turn into
	 * spans, timers and whatever else.
	 * @param registry who observes
	 * @param publish names and tags of publishes, or {@code null} for the default
	 * @param process names and tags of deliveries, or {@code null} for the default
	 * @return the observations
	 */
	static MessageObservations of(ObservationRegistry registry, @Nullable AfPublishConvention publish,
			@Nullable AfProcessConvention process) {
		return new RegistryObservations(registry, publish, process);
	}

	/**
	 * Where a span is certainly not recorded, carries the trace ids on and takes the
	 * times, at a fraction of the cost of an observation that nobody sees. Whatever might
	 * be recorded, has more than ids to carry, {@code tracestate} or {@code baggage}, or
	 * is published within an observation of something else is observed in full.
	 * @param trace the trace that a thread is in
	 * @param times takes the times
	 * @param full who observes in full
	 * @param registry knows what observation a thread is in
	 * @return the observations
	 */
	static MessageObservations light(CurrentTrace trace, MessageTimes times, MessageObservations full,
			ObservationRegistry registry) {
		return new LightObservations(trace, times, full, registry);
	}

	/**
	 * Begins to observe a publish, and puts the trace to take part in into its headers,
	 * if there is one.
	 * @param context what is known of it
	 * @return what is to be stopped once
	 */
	Ongoing publish(AfPublishContext context);

	/**
	 * Begins to observe a delivery.
	 * @param context what is known of it
	 * @return what is to be stopped once
	 */
	Ongoing process(AfProcessContext context);

	/**
	 * Begins to observe messages that are handled outside of the traces that they were
	 * published in.
	 * @param context what is known of them
	 * @return what is to be stopped once
	 */
	Ongoing linked(AfLinkedContext context);

	/**
	 * One that has begun.
	 */
	interface Ongoing {

		/**
		 * Notes a failure.
		 * @param failure what failed
		 */
		void error(Throwable failure);

		/**
		 * Makes its trace the calling thread's.
		 * @return to be closed on the same thread
		 */
		Scope openScope();

		/**
		 * Ends it.
		 */
		void stop();

	}

	/**
	 * The time in which a thread is in a trace.
	 */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		/** Changes nothing. */
		Scope NONE = () -> {
		};

		@Override
		void close();

	}

}
