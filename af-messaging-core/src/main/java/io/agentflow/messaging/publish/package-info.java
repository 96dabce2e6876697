/**
 * Sends one message and returns the broker's receipt.
 */
@NullMarked
package io.agentflow.messaging.publish;

import org.jspecify.annotations.NullMarked;
