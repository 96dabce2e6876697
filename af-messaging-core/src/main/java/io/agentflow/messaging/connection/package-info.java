/**
 * One connection to the broker that outlives every fault.
 */
@NullMarked
package io.agentflow.messaging.connection;

import org.jspecify.annotations.NullMarked;
