/**
 * History in order, durable consumers untouched.
 */
@NullMarked
package io.agentflow.messaging.replay;

import org.jspecify.annotations.NullMarked;
