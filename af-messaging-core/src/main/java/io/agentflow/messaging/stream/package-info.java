/**
 * Which streams exist, and making the broker agree.
 */
@NullMarked
package io.agentflow.messaging.stream;

import org.jspecify.annotations.NullMarked;
