package io.agentflow.messaging.listener;

/**
 * In which order a listener with more than one thread handles messages.
 */
public enum Ordering {

	/** As threads come free. */
	NONE,

	/**
	 * Messages of one key one after the other, in stream order, those of different keys
	 * in parallel. The key is the workflow id, else the agent id, else the subject. While
	 * a message waits for its next attempt, those behind it of the same key wait too.
	 * Holds within one instance of the application; instances compete for single
	 * messages.
	 */
	BY_KEY

}
