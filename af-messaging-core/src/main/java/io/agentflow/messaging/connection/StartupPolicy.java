package io.agentflow.messaging.connection;

/**
 * What to do when no server can be reached at start-up.
 */
public enum StartupPolicy {

	/** Try for as long as {@link ReconnectPolicy} says, then fail. */
	FAIL,

	/** Return at once and go on trying on a thread of its own, without end. */
	BACKGROUND

}
