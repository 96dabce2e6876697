/**
 * Proof that the bus is found in containers, by a real engine where one answers.
 */
package io.agentflow.messaging.autoconfigure.container;
