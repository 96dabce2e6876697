/**
 * The smallest application that publishes, listens and replies.
 */
@NullMarked
package io.agentflow.messaging.sample;

import org.jspecify.annotations.NullMarked;
