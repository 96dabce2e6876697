package io.agentflow.messaging.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and tags of the observation of a publish. A bean of this type takes the place of
 * the default; the low-cardinality tags must be the same for all observations of one
 * name.
 */
public interface AfPublishConvention extends ObservationConvention<AfPublishContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof AfPublishContext;
	}

}
