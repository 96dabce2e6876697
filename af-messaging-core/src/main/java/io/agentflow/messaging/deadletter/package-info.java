/**
 * What could not be handled, kept, looked at and sent again.
 */
@NullMarked
package io.agentflow.messaging.deadletter;

import org.jspecify.annotations.NullMarked;
