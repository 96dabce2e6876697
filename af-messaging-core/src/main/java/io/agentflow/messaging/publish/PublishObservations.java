package io.agentflow.messaging.publish;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.observation.AfObservation;
import io.agentflow.messaging.observation.AfPublishContext;
import io.agentflow.messaging.observation.AfPublishConvention;
import io.agentflow.messaging.observation.DefaultAfPublishConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Starts the observation of a publish.
 *
 * @param registry who observes
 * @param convention names and tags, or {@code null} for the default
 */
record PublishObservations(ObservationRegistry registry, @Nullable AfPublishConvention convention) {

	Observation start(AfPublishContext context) {
		return AfObservation.PUBLISH
			.observation(this.convention, DefaultAfPublishConvention.INSTANCE, () -> context, this.registry)
			.start();
	}

}
