/**
 * Tracing with nothing configured.
 */
@NullMarked
package io.agentflow.messaging.autoconfigure.tracing;

import org.jspecify.annotations.NullMarked;
