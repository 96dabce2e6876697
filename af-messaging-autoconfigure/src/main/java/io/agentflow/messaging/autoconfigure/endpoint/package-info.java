/**
 * The bus at work, for operators.
 */
@NullMarked
package io.agentflow.messaging.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
