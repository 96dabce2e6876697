package io.agentflow.messaging.listener;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.failure.FailurePolicy;
import io.agentflow.messaging.observation.AfProcessConvention;

/**
 * What a pipeline works with.
 */
record PipelineSettings(EnvelopeCodec codec, FailurePolicy failurePolicy, ObservationRegistry observations,
		@Nullable AfProcessConvention convention, DeliveryObserver observer, @Nullable IdempotencyStore idempotency) {
}
