package io.agentflow.messaging.listener;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.failure.FailureReason;

/**
 * Is told what listeners do, for counting. Called on the path of each message: return at
 * once. What it throws is logged and changes nothing.
 */
public interface DeliveryObserver {

	/** Looks away. */
	DeliveryObserver NONE = new DeliveryObserver() {
	};

	/**
	 * A verified message is about to be handled.
	 * @param listenerId the listener
	 * @param message the message
	 * @param delivery its delivery
	 */
	default void delivered(String listenerId, AfMessage<?> message, Delivery delivery) {
	}

	/**
	 * A message was handled and acknowledged.
	 * @param listenerId the listener
	 * @param message the message
	 * @param delivery its delivery
	 */
	default void handled(String listenerId, AfMessage<?> message, Delivery delivery) {
	}

	/**
	 * A message was given up and is kept with the dead letters.
	 * @param listenerId the listener, or
	 * {@link io.agentflow.messaging.deadletter.ParkedMessages#DURABLE} for a message that
	 * the broker has stopped to deliver
	 * @param subject its subject
	 * @param reason why
	 */
	default void deadLettered(String listenerId, String subject, FailureReason reason) {
	}

}
