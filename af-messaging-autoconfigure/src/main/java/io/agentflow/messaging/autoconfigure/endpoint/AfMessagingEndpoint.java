package io.agentflow.messaging.autoconfigure.endpoint;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.BusStatus;
import io.agentflow.messaging.deadletter.DeadLetter;
import io.agentflow.messaging.deadletter.DeadLetterQuery;
import io.agentflow.messaging.deadletter.DeadLetters;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.listener.ListenerStatus;

/**
 * Endpoint {@code afmessaging}: streams, consumers, listeners and dead letters. What it
 * changes (listeners paused and resumed, dead letters sent again) is open only with
 * {@code management.endpoint.afmessaging.access=unrestricted}. It never shows a body.
 */
@Endpoint(id = "afmessaging", defaultAccess = Access.READ_ONLY)
public final class AfMessagingEndpoint {

	private static final int PAGE = 50;

	private static final int MAX_PAGE = 1000;

	private final BusConnection connection;

	private final BusInventory inventory;

	private final AfListenerRegistry listeners;

	private final DeadLetters deadLetters;

	AfMessagingEndpoint(BusConnection connection, BusInventory inventory, AfListenerRegistry listeners,
			DeadLetters deadLetters) {
		this.connection = connection;
		this.inventory = inventory;
		this.listeners = listeners;
		this.deadLetters = deadLetters;
	}

	/**
	 * Shows everything but the dead letters.
	 * @return connection, streams, consumers and listeners
	 */
	@ReadOperation
	public Overview overview() {
		return new Overview(this.connection.status(), this.inventory.streams(), this.inventory.consumers(),
				this.listeners.listeners());
	}

	/**
	 * Shows one part.
	 * @param part {@code streams}, {@code consumers}, {@code listeners} or
	 * {@code deadletters}
	 * @param after sequence after which dead letters are shown; 0 if not given
	 * @param limit dead letters at most, 50 if not given, 1000 at most
	 * @return the part, or {@code null} (not found) for any other name
	 */
	@ReadOperation
	public @Nullable Object part(@Selector String part, @Nullable Long after, @Nullable Integer limit) {
		return switch (part) {
			case "streams" -> this.inventory.streams();
			case "consumers" -> this.inventory.consumers();
			case "listeners" -> this.listeners.listeners();
			case "deadletters" -> deadLetters((after != null) ? after : 0, (limit != null) ? limit : PAGE);
			default -> null;
		};
	}

	/**
	 * Acts on a listener or a dead letter.
	 * @param part {@code listeners} or {@code deadletters}
	 * @param id the listener's id, or the dead letter's sequence
	 * @param action {@code pause}, {@code resume}, {@code start} or {@code stop} for a
	 * listener; {@code redrive} for a dead letter
	 * @return how it is afterwards, or {@code null} (not found)
	 */
	@WriteOperation
	public @Nullable Object act(@Selector String part, @Selector String id, String action) {
		return switch (part) {
			case "listeners" -> actOnListener(id, action);
			case "deadletters" -> redrive(id, action);
			default -> null;
		};
	}

	private List<DeadLetterSummary> deadLetters(long after, int limit) {
		int size = Math.max(1, Math.min(limit, MAX_PAGE));
		try (Stream<DeadLetter> found = this.deadLetters.find(DeadLetterQuery.all().withAfterSequence(after))) {
			return found.limit(size).map(DeadLetterSummary::of).toList();
		}
	}

	private @Nullable ListenerStatus actOnListener(String id, String action) {
		if (!this.listeners.ids().contains(id)) {
			return null;
		}
		Consumer<String> change = switch (action) {
			case "pause" -> this.listeners::pause;
			case "resume" -> this.listeners::resume;
			case "start" -> this.listeners::start;
			case "stop" -> this.listeners::stop;
			default -> throw new InvalidEndpointRequestException("Unknown action " + action,
					"action must be pause, resume, start or stop");
		};
		change.accept(id);
		return this.listeners.status(id);
	}

	private @Nullable Object redrive(String id, String action) {
		if (!"redrive".equals(action)) {
			throw new InvalidEndpointRequestException("Unknown action " + action, "action must be redrive");
		}
		long sequence;
		try {
			sequence = Long.parseLong(id);
		}
		catch (NumberFormatException ex) {
			throw new InvalidEndpointRequestException("Not a sequence: " + id, "a dead letter's id is its sequence");
		}
		return (this.deadLetters.get(sequence) != null) ? this.deadLetters.redrive(sequence) : null;
	}

	/**
	 * Everything but the dead letters.
	 *
	 * @param connection the connection
	 * @param streams the streams
	 * @param consumers the durable consumers of those streams
	 * @param listeners the listeners of this instance
	 */
	public record Overview(BusStatus connection, List<BusInventory.StreamView> streams,
			List<BusInventory.ConsumerView> consumers, List<ListenerStatus> listeners) {
	}

}
