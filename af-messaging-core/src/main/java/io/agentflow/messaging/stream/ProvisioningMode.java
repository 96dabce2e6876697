package io.agentflow.messaging.stream;

/**
 * What to do about streams that are not there or not as specified.
 */
public enum ProvisioningMode {

	/** Create what is missing, change what may be changed; never drop a subject. */
	UPDATE,

	/** Create what is missing, leave the rest as it is. */
	CREATE,

	/** Change nothing; fail with the differences. */
	VALIDATE,

	/** Ask nothing; the application needs no rights on the JetStream API for streams. */
	NONE

}
