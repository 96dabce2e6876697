/**
 * Checks of JSON logs, and of the code that writes them.
 */
@NullMarked
package io.agentflow.messaging.test.log;

import org.jspecify.annotations.NullMarked;
