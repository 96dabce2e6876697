package io.agentflow.messaging.autoconfigure.endpoint;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.BusStatus;
import io.agentflow.messaging.deadletter.DeadLetterQuery;
import io.agentflow.messaging.deadletter.DeadLetters;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.listener.ListenerStatus;

/**
 * Endpoint {@code afmessaging}: streams, consumers, listeners and dead letters. What it
 * changes (listeners paused and resumed, dead letters sent again) is open only with
 * {@code management.endpoint.afmessaging.access=unrestricted}. It never shows a body.
 */
@Endpoint(id = "afmessaging", defaultAccess = Access.READ_ONLY)
public final class AfMessagingEndpoint {

	private final BusConnection connection;

	private final BusInventory inventory;

	private final AfListenerRegistry listeners;

	private final DeadLetterOperations deadLetters;

	AfMessagingEndpoint(BusConnection connection, BusInventory inventory, AfListenerRegistry listeners,
			DeadLetters deadLetters) {
		this.connection = connection;
		this.inventory = inventory;
		this.listeners = listeners;
		this.deadLetters = new DeadLetterOperations(deadLetters);
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
	 * {@code deadletters}; what follows narrows dead letters only
	 * @param after sequence after which they are shown; 0 if not given
	 * @param limit how many at most, 50 if not given, 1000 at most
	 * @param workflow workflow
	 * @param subject filter of the original subject
	 * @param reason reason
	 * @param from given up at or after it, ISO 8601
	 * @param to given up before it, ISO 8601
	 * @return the part, or {@code null} (not found) for any other name
	 */
	@ReadOperation
	@SuppressWarnings("checkstyle:ParameterNumber") // each is a parameter of the request
	public @Nullable Object part(@Selector String part, @Nullable Long after, @Nullable Integer limit,
			@Nullable String workflow, @Nullable String subject, @Nullable FailureReason reason,
			@Nullable OffsetDateTime from, @Nullable OffsetDateTime to) {
		return switch (part) {
			case "streams" -> this.inventory.streams();
			case "consumers" -> this.inventory.consumers();
			case "listeners" -> this.listeners.listeners();
			case "deadletters" -> {
				DeadLetterQuery query = DeadLetterOperations.query(workflow, subject, reason, from, to);
				yield this.deadLetters.find((after != null) ? query.withAfterSequence(after) : query, limit);
			}
			default -> null;
		};
	}

	/**
	 * Shows one listener or one dead letter.
	 * @param part {@code listeners} or {@code deadletters}
	 * @param id the listener's id, or the dead letter's sequence
	 * @return how it is, or {@code null} (not found)
	 */
	@ReadOperation
	public @Nullable Object one(@Selector String part, @Selector String id) {
		return switch (part) {
			case "listeners" -> this.listeners.ids().contains(id) ? this.listeners.status(id) : null;
			case "deadletters" -> this.deadLetters.get(id);
			default -> null;
		};
	}

	/**
	 * Acts on a listener or a dead letter.
	 * @param part {@code listeners} or {@code deadletters}
	 * @param id the listener's id, or the dead letter's sequence
	 * @param action {@code pause}, {@code resume}, {@code start} or {@code stop} for a
	 * listener; {@code redrive} or {@code drop} for a dead letter
	 * @return how it is afterwards, or {@code null} (not found)
	 */
	@WriteOperation
	public @Nullable Object act(@Selector String part, @Selector String id, String action) {
		return switch (part) {
			case "listeners" -> actOnListener(id, action);
			case "deadletters" -> this.deadLetters.act(id, action);
			default -> null;
		};
	}

	/**
	 * Sends many dead letters again, oldest first; stops at the first that cannot be
	 * sent.
	 * @param part {@code deadletters}
	 * @param action {@code redrive}
	 * @param workflow workflow
	 * @param subject filter of the original subject
	 * @param reason reason
	 * @param from given up at or after it, ISO 8601
	 * @param to given up before it, ISO 8601
	 * @return how many were sent, or {@code null} (not found) for another part
	 */
	@WriteOperation
	@SuppressWarnings("checkstyle:ParameterNumber") // each is a parameter of the request
	public @Nullable Object actOnMany(@Selector String part, String action, @Nullable String workflow,
			@Nullable String subject, @Nullable FailureReason reason, @Nullable OffsetDateTime from,
			@Nullable OffsetDateTime to) {
		return part.equals("deadletters")
				? this.deadLetters.redriveAll(DeadLetterOperations.query(workflow, subject, reason, from, to), action)
				: null;
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
