/**
 * Measures round trips: parameters in, figures, verdict and report out.
 */
@NullMarked
package io.agentflow.messaging.sample.harness;

import org.jspecify.annotations.NullMarked;
