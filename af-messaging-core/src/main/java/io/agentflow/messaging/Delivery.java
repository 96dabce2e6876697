package io.agentflow.messaging;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where and how a message reached its handler.
 *
 * @param subject subject that it was published to
 * @param stream stream that keeps it
 * @param consumer durable consumer that delivered it, empty for a replay
 * @param sequence sequence in the stream, from 1
 * @param attempt number of this attempt to handle it, from 1
 * @param storedAt when the server stored it
 * @param pending messages that waited behind it for the same consumer when it was sent
 * @param replayed whether it is history read again by a replay rather than a new delivery
 * @param headers NATS headers, names as received; unmodifiable
 */
public record Delivery(String subject, String stream, String consumer, long sequence, long attempt, Instant storedAt,
		long pending, boolean replayed, Map<String, List<String>> headers) {

	/**
	 * Copies nothing: the headers are the listener's own unmodifiable view.
	 */
	public Delivery {
		if (attempt < 1) {
			throw new IllegalArgumentException("Delivery: attempts count from 1, not " + attempt);
		}
	}

	/**
	 * Returns the first value of a header.
	 * @param name the header's name, letter case ignored
	 * @return the value, or {@code null} if there is none
	 */
	public @Nullable String header(String name) {
		for (Map.Entry<String, List<String>> header : this.headers.entrySet()) {
			if (header.getKey().equalsIgnoreCase(name) && !header.getValue().isEmpty()) {
				return header.getValue().get(0);
			}
		}
		return null;
	}

	/**
	 * Tells whether this message has been tried before.
	 * @return {@code true} from the second attempt on
	 */
	public boolean isRedelivery() {
		return this.attempt > 1;
	}

}
