package io.agentflow.messaging.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and tags of the observation of a delivery. A bean of this type takes the place of
 * the default; the low-cardinality tags must be the same for all observations of one
 * name.
 */
public interface AfProcessConvention extends ObservationConvention<AfProcessContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof AfProcessContext;
	}

}
