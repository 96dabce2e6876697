/**
 * The bus in Testcontainers.
 */
@NullMarked
package io.agentflow.messaging.autoconfigure.testcontainers;

import org.jspecify.annotations.NullMarked;
