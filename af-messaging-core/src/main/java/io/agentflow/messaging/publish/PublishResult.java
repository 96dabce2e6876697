package io.agentflow.messaging.publish;

/**
 * How the publish of one message of several has ended.
 */
public sealed interface PublishResult {

	/**
	 * Returns which message this is about.
	 * @return the message's id
	 */
	String messageId();

	/**
	 * Stored.
	 *
	 * @param messageId the message's id
	 * @param receipt the broker's word
	 */
	record Stored(String messageId, PublishReceipt receipt) implements PublishResult {
	}

	/**
	 * Certainly not stored.
	 *
	 * @param messageId the message's id
	 * @param reason why
	 */
	record Rejected(String messageId, PublishRejectedException reason) implements PublishResult {
	}

	/**
	 * May be stored.
	 *
	 * @param messageId the message's id
	 * @param reason why nobody knows
	 */
	record Unknown(String messageId, PublishUnknownException reason) implements PublishResult {
	}

}
