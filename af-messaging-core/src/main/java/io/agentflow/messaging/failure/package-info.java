/**
 * Pure decision: what to do with a failed delivery.
 */
@NullMarked
package io.agentflow.messaging.failure;

import org.jspecify.annotations.NullMarked;
