package io.agentflow.messaging.autoconfigure;

import io.nats.client.Options;

/**
 * Changes options of the NATS client that have no property. Beans of this type are called
 * in their order, for every connection that is made.
 */
@FunctionalInterface
public interface NatsOptionsCustomizer {

	/**
	 * Changes the options. What keeps the connection alive, its listeners and the number
	 * of reconnects, is set afterwards.
	 * @param options the options so far
	 */
	void customize(Options.Builder options);

}
