package io.agentflow.messaging.codec;

/**
 * What the hash of a received message must be the hash of.
 */
public enum Verification {

	/**
	 * The received bytes without the {@code envelope_hash} member, whatever form they are
	 * in; if they differ, one of the canonical forms of their content.
	 */
	BYTES,

	/**
	 * One of the canonical forms of the content, whatever the bytes are.
	 */
	CANONICAL

}
