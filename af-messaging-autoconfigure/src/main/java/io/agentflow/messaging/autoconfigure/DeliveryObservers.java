package io.agentflow.messaging.autoconfigure;

import java.util.List;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.listener.DeliveryObserver;

/**
 * Tells several observers as if they were one.
 */
final class DeliveryObservers implements DeliveryObserver {

	private final List<DeliveryObserver> observers;

	private DeliveryObservers(List<DeliveryObserver> observers) {
		this.observers = observers;
	}

	static DeliveryObserver of(List<DeliveryObserver> observers) {
		return switch (observers.size()) {
			case 0 -> DeliveryObserver.NONE;
			case 1 -> observers.get(0);
			default -> new DeliveryObservers(observers);
		};
	}

	@Override
	public void delivered(String listenerId, AfMessage<?> message, Delivery delivery) {
		this.observers.forEach((observer) -> observer.delivered(listenerId, message, delivery));
	}

	@Override
	public void handled(String listenerId, AfMessage<?> message, Delivery delivery) {
		this.observers.forEach((observer) -> observer.handled(listenerId, message, delivery));
	}

	@Override
	public void deadLettered(String listenerId, String subject, FailureReason reason) {
		this.observers.forEach((observer) -> observer.deadLettered(listenerId, subject, reason));
	}

}
