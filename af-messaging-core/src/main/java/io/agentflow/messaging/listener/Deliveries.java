package io.agentflow.messaging.listener;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;

import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.deadletter.DeadLetterHeaders;
import io.agentflow.messaging.stream.HeaderMap;

/**
 * Makes the record of a delivery out of the client's message.
 */
final class Deliveries {

	private Deliveries() {
	}

	static Delivery of(Inbound inbound) {
		Message message = inbound.message();
		NatsJetStreamMetaData meta = message.metaData();
		return new Delivery(message.getSubject(), meta.getStream(), meta.getConsumer(), meta.streamSequence(),
				inbound.attempt(), meta.timestamp().toInstant(), meta.pendingCount(), false,
				HeaderMap.of(message.getHeaders()));
	}

	/**
	 * A message that was sent again out of the dead letters is for the consumer that gave
	 * it up; the others have handled it.
	 */
	static boolean isForOther(Message message, String durable) {
		Headers headers = message.getHeaders();
		String consumer = (headers != null) ? headers.getFirst(DeadLetterHeaders.REDRIVE_CONSUMER) : null;
		return consumer != null && !consumer.equals(durable);
	}

}
