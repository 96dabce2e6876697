package io.agentflow.messaging.stream;

import io.agentflow.messaging.connection.BusConnection;
import io.nats.client.api.ConsumerConfiguration;

/**
 * Makes a durable consumer agree with a configuration, by the rules of
 * {@link StreamProvisioner}.
 */
public interface ConsumerProvisioner {

	/**
	 * Creates, changes or only compares, as the mode says.
	 * @param stream the consumer's stream
	 * @param wanted its configuration, durable name included; what is not set in it is
	 * left as the server has it
	 * @param mode what to do; {@link ProvisioningMode#NONE} asks nothing and reports
	 * {@link StreamResult.Action#UNCHANGED}
	 * @return what was found and done
	 * @throws StreamProvisioningException if the consumer is not as wanted and may not or
	 * cannot be made so
	 */
	StreamResult provision(String stream, ConsumerConfiguration wanted, ProvisioningMode mode);

	/**
	 * Works over a connection.
	 * @param connection the connection
	 * @return a provisioner; thread-safe
	 */
	static ConsumerProvisioner of(BusConnection connection) {
		return new JetStreamConsumerProvisioner(connection);
	}

}
