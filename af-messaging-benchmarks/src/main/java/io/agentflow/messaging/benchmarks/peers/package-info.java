/**
 * Ours beside other libraries for NATS, each in a process with its own class path.
 */
@NullMarked
package io.agentflow.messaging.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
