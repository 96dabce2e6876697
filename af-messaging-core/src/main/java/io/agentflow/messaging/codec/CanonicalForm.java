package io.agentflow.messaging.codec;

/**
 * How a message is written, and so which bytes are hashed.
 */
public enum CanonicalForm {

	/**
	 * RFC 8785 exactly: members sorted by UTF-16 code units, ES6 number text, minimal
	 * string escapes, no white space.
	 */
	JCS,

	/**
	 * What the Go implementation of AgentFlow writes. Differs in three things only:
	 * members sorted by UTF-8 bytes; {@code <}, {@code >}, {@code &}, U+2028 and U+2029
	 * escaped; negative zero stays {@code -0}.
	 */
	AGENTFLOW_GO

}
