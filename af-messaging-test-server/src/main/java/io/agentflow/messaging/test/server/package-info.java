/**
 * A real nats-server, and the network in front of it, under the control of a test.
 */
@NullMarked
package io.agentflow.messaging.test.server;

import org.jspecify.annotations.NullMarked;
