@org.jspecify.annotations.NullMarked
package io.agentflow.messaging.sample.harness.soak;
