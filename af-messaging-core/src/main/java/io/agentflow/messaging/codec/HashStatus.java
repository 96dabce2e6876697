package io.agentflow.messaging.codec;

/**
 * What a received message's hash was found to be the hash of.
 */
public enum HashStatus {

	/** The received bytes without the {@code envelope_hash} member. */
	RECEIVED_BYTES,

	/** The canonical form {@link CanonicalForm#JCS} of the content. */
	JCS,

	/** The canonical form {@link CanonicalForm#AGENTFLOW_GO} of the content. */
	AGENTFLOW_GO,

	/** There was none, and none was required. */
	ABSENT

}
