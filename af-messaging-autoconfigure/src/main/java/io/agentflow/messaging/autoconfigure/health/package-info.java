/**
 * How the bus is, for the health endpoint.
 */
@NullMarked
package io.agentflow.messaging.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
