package io.agentflow.messaging.autoconfigure.health;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import io.agentflow.messaging.autoconfigure.AfStreams;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.BusStatus;
import io.agentflow.messaging.deadletter.ParkedMessages;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.listener.ListenerStatus;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.publish.PublishHealth;

/**
 * Health {@code af}: up while the connection is, the streams are as they should be,
 * publishes are confirmed and every listener delivers. Asks nobody: all of it is known
 * already, so it answers at once also while the broker does not. Thread-safe.
 */
final class AfHealthIndicator extends AbstractHealthIndicator {

	private final BusConnection connection;

	private final AfStreams streams;

	private final AfPublisher publisher;

	private final AfListenerRegistry listeners;

	private final @Nullable ParkedMessages parked;

	private final long maxLag;

	/**
	 * Creates the indicator.
	 * @param connection the connection
	 * @param streams the streams
	 * @param publisher the publisher
	 * @param listeners the listeners
	 * @param parked the net below them, or {@code null} for none
	 * @param maxLag messages that may wait for one durable consumer; −1 for any number
	 */
	AfHealthIndicator(BusConnection connection, AfStreams streams, AfPublisher publisher, AfListenerRegistry listeners,
			@Nullable ParkedMessages parked, long maxLag) {
		super("The health of the bus could not be told");
		this.connection = connection;
		this.streams = streams;
		this.publisher = publisher;
		this.listeners = listeners;
		this.parked = parked;
		this.maxLag = maxLag;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		List<String> problems = new ArrayList<>();
		builder.up()
			.withDetail("connection", connection(problems))
			.withDetail("streams", streams(problems))
			.withDetail("publisher", publisher(problems))
			.withDetail("listeners", listeners(problems));
		if (this.parked != null) {
			builder.withDetail("parkedMessages", parked(this.parked.status(), problems));
		}
		if (!problems.isEmpty()) {
			builder.down().withDetail("problems", problems);
		}
	}

	private Map<String, Object> connection(List<String> problems) {
		BusStatus status = this.connection.status();
		if (!status.isConnected()) {
			problems.add("The connection is " + status.state());
		}
		Details details = new Details().put("state", status.state())
			.put("server", status.server())
			.put("serverVersion", status.serverVersion())
			.put("since", status.since())
			.put("connects", status.connects());
		return status.isConnected() ? details.map : details.put("lastError", status.lastError()).map;
	}

	private Map<String, Object> streams(List<String> problems) {
		Details details = new Details();
		String failure = this.streams.failure();
		if (failure != null) {
			problems.add("Streams: " + failure);
			details.put("failure", failure);
		}
		this.streams.results().forEach((result) -> details.put(result.name(), result.action()));
		return details.map;
	}

	private Map<String, Object> publisher(List<String> problems) {
		PublishHealth health = this.publisher.health();
		if (health.stalled()) {
			problems.add("No publish has been confirmed since " + health.since());
		}
		Details details = new Details().put("stalled", health.stalled()).put("inFlight", health.inFlight());
		return health.stalled() ? details.put("since", health.since()).put("lastError", health.lastError()).map
				: details.map;
	}

	private Map<String, Object> listeners(List<String> problems) {
		Details details = new Details();
		for (ListenerStatus listener : this.listeners.listeners()) {
			if (!listener.isHealthy()) {
				problems.add("Listener " + listener.id() + " is " + listener.state());
			}
			if (this.maxLag >= 0 && listener.pending() > this.maxLag) {
				problems.add("Listener " + listener.id() + " has " + listener.pending()
						+ " messages waiting, more than " + this.maxLag);
			}
			details.put(listener.id(), listener(listener));
		}
		return details.map;
	}

	private static Map<String, Object> parked(ParkedMessages.Status status, List<String> problems) {
		if (!status.isHealthy()) {
			problems.add(status.waiting() + " parked messages cannot be written to the dead letters");
		}
		return new Details().put("state", status.state())
			.put("kept", status.kept())
			.put("waiting", status.waiting())
			.put("lastError", status.lastError()).map;
	}

	private static Map<String, Object> listener(ListenerStatus listener) {
		return new Details().put("state", listener.state())
			.put("since", listener.since())
			.put("stream", listener.stream())
			.put("durable", listener.durable())
			.put("inFlight", listener.inFlight())
			.put("lag", (listener.pending() >= 0) ? listener.pending() : null)
			.put("ackPending", (listener.pending() >= 0) ? listener.ackPending() : null)
			.put("lastError", listener.lastError()).map;
	}

	/**
	 * Details in the order in which they were put, without those that are unknown.
	 */
	private static final class Details {

		private final Map<String, Object> map = new LinkedHashMap<>();

		Details put(String name, @Nullable Object value) {
			if (value != null) {
				this.map.put(name, (value instanceof Enum<?>) ? value.toString() : value);
			}
			return this;
		}

	}

}
