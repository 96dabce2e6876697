package io.agentflow.messaging.autoconfigure;

import io.agentflow.messaging.connection.ConnectionSettings;

/**
 * Changes the settings of the connection before it is made. Beans of this type are called
 * in their order.
 */
@FunctionalInterface
public interface AfBusCustomizer {

	/**
	 * Changes the settings.
	 * @param settings the settings so far
	 * @return the settings to go on with
	 */
	ConnectionSettings customize(ConnectionSettings settings);

}
