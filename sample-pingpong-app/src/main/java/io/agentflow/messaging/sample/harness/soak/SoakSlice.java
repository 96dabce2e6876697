package io.agentflow.messaging.sample.harness.soak;

/**
 * What one stretch of a soak has given.
 *
 * @param seconds how long it took
 * @param completed round trips
 * @param errors requests that went wrong or did not come back
 * @param p50 milliseconds that half of the round trips took no longer than
 * @param p99 milliseconds that 99 % of them took no longer than
 * @param heapMegabytes heap in use after a collection at its end
 * @param threads live threads at its end
 */
public record SoakSlice(double seconds, int completed, int errors, double p50, double p99, double heapMegabytes,
		int threads) {
}
