package io.agentflow.messaging.listener;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;
import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.deadletter.DeadLetterHeaders;

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
				headers(message.getHeaders()));
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

	static Map<String, List<String>> headers(@Nullable Headers headers) {
		return (headers != null) ? new HeaderMap(headers) : Map.of();
	}

	/**
	 * The headers as a map, copied only if somebody looks: few handlers do.
	 */
	private static final class HeaderMap extends AbstractMap<String, List<String>> {

		private final Headers headers;

		private volatile @Nullable Map<String, List<String>> copy;

		private HeaderMap(Headers headers) {
			this.headers = headers;
		}

		@Override
		public Set<Entry<String, List<String>>> entrySet() {
			return copy().entrySet();
		}

		private Map<String, List<String>> copy() {
			Map<String, List<String>> map = this.copy;
			if (map == null) {
				Map<String, List<String>> made = new LinkedHashMap<>();
				this.headers.forEach((name, values) -> made.put(name, List.copyOf(values)));
				map = Collections.unmodifiableMap(made);
				this.copy = map;
			}
			return map;
		}

	}

}
