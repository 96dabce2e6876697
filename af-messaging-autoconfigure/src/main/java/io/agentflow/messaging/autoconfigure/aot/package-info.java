/**
 * What a native image must keep.
 */
@NullMarked
package io.agentflow.messaging.autoconfigure.aot;

import org.jspecify.annotations.NullMarked;
