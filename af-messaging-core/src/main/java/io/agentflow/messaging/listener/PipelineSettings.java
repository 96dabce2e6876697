package io.agentflow.messaging.listener;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.failure.FailurePolicy;
import io.agentflow.messaging.observation.MessageObservations;

/**
 * What a pipeline works with.
 */
record PipelineSettings(EnvelopeCodec codec, FailurePolicy failurePolicy, MessageObservations observations,
		DeliveryObserver observer, @Nullable IdempotencyStore idempotency) {
}
