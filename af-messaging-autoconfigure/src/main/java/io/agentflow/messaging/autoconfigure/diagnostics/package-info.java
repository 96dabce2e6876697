/**
 * What went wrong at start-up, and what to do.
 */
@NullMarked
package io.agentflow.messaging.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
