package io.agentflow.messaging.observation;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.micrometer.observation.transport.ReceiverContext;
import io.nats.client.impl.Headers;

/**
 * What an observation of a delivery knows. The parent span is that of the headers, else
 * of {@code metadata["trace.traceparent"]}, else of the envelope's ids.
 */
public class AfProcessContext extends ReceiverContext<Headers> {

	private boolean ended;

	private final Delivery delivery;

	private final @Nullable AfMessage<?> message;

	/**
	 * Creates the context.
	 * @param headers headers that the message came with; {@code null} for none
	 * @param delivery where and how it came
	 * @param message the message, or {@code null} if it could not be read
	 */
	public AfProcessContext(@Nullable Headers headers, Delivery delivery, @Nullable AfMessage<?> message) {
		super(NatsHeaders.getter(message));
		setCarrier((headers != null) ? headers : new Headers());
		setRemoteServiceName("nats");
		this.delivery = delivery;
		this.message = message;
	}

	/**
	 * Returns where and how the message came.
	 * @return the delivery
	 */
	public Delivery delivery() {
		return this.delivery;
	}

	/**
	 * Returns the message.
	 * @return the message, or {@code null} if it could not be read
	 */
	public @Nullable AfMessage<?> message() {
		return this.message;
	}

	/**
	 * Tells whether it has ended, and all that is to be known of it is known.
	 * @return whether it has
	 */
	public boolean isEnded() {
		return this.ended;
	}

	void end() {
		this.ended = true;
	}

}
