/**
 * JSON logs from the first line.
 */
@NullMarked
package io.agentflow.messaging.autoconfigure.logging;

import org.jspecify.annotations.NullMarked;
