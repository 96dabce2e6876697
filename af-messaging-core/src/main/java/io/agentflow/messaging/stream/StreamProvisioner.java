package io.agentflow.messaging.stream;

import java.util.List;

import io.agentflow.messaging.connection.BusConnection;

/**
 * Makes the broker's streams agree with a topology. Any number of applications may do so
 * at the same time: whoever comes second finds the stream there and compares. What is
 * changed is logged property by property, and what somebody added on the server, such as
 * a further subject, stays.
 */
public interface StreamProvisioner {

	/**
	 * Creates, changes or only compares, as the mode says.
	 * @param topology the streams wanted
	 * @param mode what to do about streams that are not there or not as specified
	 * @return what was found and done, in the topology's order; empty for
	 * {@link ProvisioningMode#NONE}
	 * @throws StreamProvisioningException if a stream is not as specified and may not or
	 * cannot be made so
	 */
	List<StreamResult> provision(StreamTopology topology, ProvisioningMode mode);

	/**
	 * Works over a connection.
	 * @param connection the connection
	 * @return a provisioner; thread-safe
	 */
	static StreamProvisioner of(BusConnection connection) {
		return new JetStreamProvisioner(connection, false);
	}

	/**
	 * Works over a connection of an application whose messages matter: warns about each
	 * stream that is kept on one server only.
	 * @param connection the connection
	 * @return a provisioner; thread-safe
	 */
	static StreamProvisioner forProduction(BusConnection connection) {
		return new JetStreamProvisioner(connection, true);
	}

}
