package io.agentflow.messaging.listener;

import java.util.concurrent.atomic.AtomicBoolean;

import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.observation.MessageMdc;
import io.agentflow.messaging.observation.MessageObservations.Ongoing;
import io.agentflow.messaging.observation.MessageObservations.Scope;

/**
 * One attempt to handle one message. It ends once: by the handler's outcome or by the
 * time limit, whichever comes first.
 */
final class Execution {

	private final Inbound inbound;

	private final Received received;

	private final Ongoing observation;

	private final AtomicBoolean ended = new AtomicBoolean();

	Execution(Inbound inbound, Received received, Ongoing observation) {
		this.inbound = inbound;
		this.received = received;
		this.observation = observation;
	}

	Inbound inbound() {
		return this.inbound;
	}

	Received received() {
		return this.received;
	}

	AfMessage<JsonNode> message() {
		return this.received.message();
	}

	boolean end() {
		return this.ended.compareAndSet(false, true);
	}

	boolean isOpen() {
		return !this.ended.get();
	}

	void observed(Throwable failure) {
		this.observation.error(failure);
	}

	void stopObservation() {
		this.observation.stop();
	}

	/**
	 * Runs something in the message's trace and logging context.
	 */
	void inContext(Runnable action) {
		try (Scope scope = this.observation.openScope(); MessageMdc mdc = MessageMdc.open(message())) {
			action.run();
		}
	}

}
