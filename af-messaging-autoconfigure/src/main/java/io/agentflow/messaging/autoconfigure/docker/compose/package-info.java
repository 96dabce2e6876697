/**
 * The bus in Docker Compose.
 */
@NullMarked
package io.agentflow.messaging.autoconfigure.docker.compose;

import org.jspecify.annotations.NullMarked;
