/**
 * From durable consumer to handler method and back to an ack.
 */
@NullMarked
package io.agentflow.messaging.listener;

import org.jspecify.annotations.NullMarked;
