/**
 * Load for minutes, to see whether anything grows or slows down.
 */
@NullMarked
package io.agentflow.messaging.sample.harness.soak;

import org.jspecify.annotations.NullMarked;
