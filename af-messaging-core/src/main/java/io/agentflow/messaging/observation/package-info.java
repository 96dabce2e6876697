/**
 * Names, tags and context propagation of every step.
 */
@NullMarked
package io.agentflow.messaging.observation;

import org.jspecify.annotations.NullMarked;
