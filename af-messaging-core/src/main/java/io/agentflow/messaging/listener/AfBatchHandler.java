package io.agentflow.messaging.listener;

import java.util.List;

/**
 * Handles several messages at once.
 */
@FunctionalInterface
public interface AfBatchHandler {

	/**
	 * Handles messages that were verified before. All are acknowledged when this returns.
	 * @param messages one or more, in stream order as far as the broker delivered so; a
	 * message that is tried again comes alone
	 * @throws Exception if not all could be handled; each is then tried again alone
	 */
	void handle(List<Received> messages) throws Exception;

}
