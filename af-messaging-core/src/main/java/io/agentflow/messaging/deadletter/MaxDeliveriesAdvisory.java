package io.agentflow.messaging.deadletter;

import java.time.DateTimeException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.nats.client.Message;

/**
 * The broker's notice that a consumer has used up its deliveries of a message
 * ({@code io.nats.jetstream.advisory.v1.max_deliver} of the JetStream API).
 *
 * @param stream the consumer's stream
 * @param consumer the consumer
 * @param sequence the message's sequence in the stream
 * @param deliveries how often it was delivered
 * @param at when the broker gave up
 */
record MaxDeliveriesAdvisory(String stream, String consumer, long sequence, long deliveries, Instant at) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/**
	 * Reads a notice.
	 * @return the notice, or {@code null} if it is none, or is about another consumer
	 * than its subject
	 */
	static @Nullable MaxDeliveriesAdvisory read(Message message) {
		try {
			JsonNode body = JSON.readTree(message.getData());
			MaxDeliveriesAdvisory advisory = new MaxDeliveriesAdvisory(body.path("stream").asString(""),
					body.path("consumer").asString(""), body.path("stream_seq").asLong(0),
					Math.max(1, body.path("deliveries").asLong(1)), Instant.parse(body.path("timestamp").asString("")));
			boolean genuine = advisory.sequence > 0
					&& message.getSubject().endsWith("." + advisory.stream + "." + advisory.consumer);
			return genuine ? advisory : null;
		}
		catch (JacksonException | DateTimeException ex) {
			return null;
		}
	}

	@Override
	public String toString() {
		return this.stream + "/" + this.sequence + " of consumer " + this.consumer;
	}

}
