/**
 * Counters and gauges of messages and listeners.
 */
@NullMarked
package io.agentflow.messaging.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
