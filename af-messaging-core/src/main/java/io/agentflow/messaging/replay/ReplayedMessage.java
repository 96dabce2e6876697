package io.agentflow.messaging.replay;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.codec.InvalidMessageException;

/**
 * One message of the history: verified, or with the reason why it is not.
 *
 * @param message the message, its payload still a tree; {@code null} if refused
 * @param delivery where it is stored; {@link Delivery#replayed()} is {@code true}
 * @param refusal why it breaks the contract, or {@code null}
 */
public record ReplayedMessage(@Nullable AfMessage<JsonNode> message, Delivery delivery,
		@Nullable InvalidMessageException refusal) {

	/**
	 * Tells whether the message is whole and unchanged.
	 * @return {@code false} if it was refused
	 */
	public boolean isValid() {
		return this.refusal == null;
	}

}
