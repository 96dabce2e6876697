package io.agentflow.messaging.sample.harness.scaling;

/**
 * What a point has given: medians of its rounds.
 *
 * @param point the point
 * @param throughput messages per second
 * @param p50 milliseconds from before the publish to the handler, for half of the
 * messages
 * @param p95 the same for 95 %
 * @param errors what went wrong, in all rounds
 */
public record ScalingResult(ScalingPoint point, double throughput, double p50, double p95, int errors) {
}
