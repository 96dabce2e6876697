/**
 * How throughput changes with the size and the number of things.
 */
@NullMarked
package io.agentflow.messaging.sample.harness.scaling;

import org.jspecify.annotations.NullMarked;
