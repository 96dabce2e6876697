package io.agentflow.messaging.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.listener.DeliveryObserver;

/**
 * Writes down what the application's listeners are given and what becomes of it. A bean
 * of the contexts that {@link AutoConfigureNatsServer} makes; for
 * {@link AwaitedDelivery#assertThat(RecordedDeliveries)}. Thread-safe.
 */
public final class RecordedDeliveries implements DeliveryObserver {

	private final List<Event> events = new CopyOnWriteArrayList<>();

	/**
	 * Starts with nothing written down.
	 */
	public RecordedDeliveries() {
	}

	@Override
	public void delivered(String listenerId, AfMessage<?> message, Delivery delivery) {
		this.events
			.add(new Event(Kind.DELIVERED, listenerId, message.id(), delivery.subject(), delivery.attempt(), null));
	}

	@Override
	public void handled(String listenerId, AfMessage<?> message, Delivery delivery) {
		this.events
			.add(new Event(Kind.HANDLED, listenerId, message.id(), delivery.subject(), delivery.attempt(), null));
	}

	@Override
	public void deadLettered(String listenerId, String subject, FailureReason reason) {
		this.events.add(new Event(Kind.DEAD_LETTERED, listenerId, null, subject, 0, reason));
	}

	/**
	 * Returns what was written down so far.
	 * @return the events, in their order
	 */
	public List<Event> events() {
		return List.copyOf(this.events);
	}

	/**
	 * What happened to a message.
	 */
	public enum Kind {

		/** It was given to the handler. */
		DELIVERED,

		/** The handler returned without an exception. */
		HANDLED,

		/** It was put into the dead letters. */
		DEAD_LETTERED

	}

	/**
	 * One event.
	 *
	 * @param kind what happened
	 * @param listenerId to which listener's message
	 * @param messageId the message's id, {@code null} for a dead letter, which may have
	 * none
	 * @param subject the subject it came by
	 * @param attempt the delivery's number, from 1; 0 for a dead letter
	 * @param reason why it is a dead letter, else {@code null}
	 */
	public record Event(Kind kind, String listenerId, @Nullable String messageId, String subject, long attempt,
			@Nullable FailureReason reason) {

	}

}
