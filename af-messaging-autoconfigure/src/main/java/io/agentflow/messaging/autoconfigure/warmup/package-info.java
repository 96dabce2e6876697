/**
 * Messages to itself at start-up, so that the first ones that count are fast.
 */
@NullMarked
package io.agentflow.messaging.autoconfigure.warmup;

import org.jspecify.annotations.NullMarked;
