/**
 * What the tests of an application need: its listeners on a real broker, messages to give
 * them, and a look at what they published and logged.
 */
@NullMarked
package io.agentflow.messaging.test;

import org.jspecify.annotations.NullMarked;
