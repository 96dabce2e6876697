/**
 * Spring Boot auto-configuration of AgentFlow messaging.
 */
@NullMarked
package io.agentflow.messaging.autoconfigure;

import org.jspecify.annotations.NullMarked;
