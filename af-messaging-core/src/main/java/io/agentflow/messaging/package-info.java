/**
 * The contract: what a message is.
 */
@NullMarked
package io.agentflow.messaging;

import org.jspecify.annotations.NullMarked;
