package io.agentflow.messaging.listener;

/**
 * Remembers which messages a consumer has handled, so that one that is delivered again
 * does not run again. What it does not prevent: a process that dies between the end of
 * the handler and {@link #markHandled}. Implementations are thread-safe.
 */
public interface IdempotencyStore {

	/**
	 * Tells whether a message was handled.
	 * @param consumer the durable consumer
	 * @param messageId the message's id
	 * @return whether {@link #markHandled} was called for it, as far as is remembered
	 */
	boolean isHandled(String consumer, String messageId);

	/**
	 * Remembers that a message was handled.
	 * @param consumer the durable consumer
	 * @param messageId the message's id
	 */
	void markHandled(String consumer, String messageId);

}
