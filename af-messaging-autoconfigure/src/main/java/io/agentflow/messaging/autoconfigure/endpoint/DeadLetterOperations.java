package io.agentflow.messaging.autoconfigure.endpoint;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

import io.agentflow.messaging.deadletter.DeadLetter;
import io.agentflow.messaging.deadletter.DeadLetterQuery;
import io.agentflow.messaging.deadletter.DeadLetters;
import io.agentflow.messaging.failure.FailureReason;

/**
 * What the endpoint does with dead letters. Thread-safe.
 */
final class DeadLetterOperations {

	private static final int PAGE = 50;

	private static final int MAX_PAGE = 1000;

	private final DeadLetters deadLetters;

	DeadLetterOperations(DeadLetters deadLetters) {
		this.deadLetters = deadLetters;
	}

	List<DeadLetterSummary> find(DeadLetterQuery query, @Nullable Integer limit) {
		int size = Math.max(1, Math.min((limit != null) ? limit : PAGE, MAX_PAGE));
		try (Stream<DeadLetter> found = this.deadLetters.find(query)) {
			return found.limit(size).map(DeadLetterSummary::of).toList();
		}
	}

	@Nullable DeadLetterSummary get(String id) {
		DeadLetter letter = this.deadLetters.get(sequence(id));
		return (letter != null) ? DeadLetterSummary.of(letter) : null;
	}

	/**
	 * Acts on one.
	 * @return what became of it, or {@code null} if there is none
	 */
	@Nullable Object act(String id, String action) {
		long sequence = sequence(id);
		return switch (action) {
			case "redrive" -> (this.deadLetters.get(sequence) != null) ? this.deadLetters.redrive(sequence) : null;
			case "drop" -> this.deadLetters.drop(sequence) ? Map.of("dropped", sequence) : null;
			default ->
				throw new InvalidEndpointRequestException("Unknown action " + action, "action must be redrive or drop");
		};
	}

	/**
	 * Sends all again that a query finds. Dropping many is left to the broker's tools: it
	 * cannot be taken back.
	 */
	Object redriveAll(DeadLetterQuery query, String action) {
		if (!action.equals("redrive")) {
			throw new InvalidEndpointRequestException("Unknown action " + action, "action must be redrive");
		}
		if (query.equals(DeadLetterQuery.all())) {
			throw new InvalidEndpointRequestException("Nothing says which dead letters to send again",
					"Give workflow, subject, reason, from or to; subject '*.>' selects all");
		}
		return Map.of("redriven", this.deadLetters.redriveAll(query));
	}

	static DeadLetterQuery query(@Nullable String workflow, @Nullable String subject, @Nullable FailureReason reason,
			@Nullable OffsetDateTime from, @Nullable OffsetDateTime to) {
		try {
			DeadLetterQuery query = (subject != null) ? DeadLetterQuery.all().withSubject(subject)
					: DeadLetterQuery.all();
			query = (workflow != null) ? query.withWorkflowId(workflow) : query;
			query = (reason != null) ? query.withReason(reason) : query;
			return query.withTime((from != null) ? from.toInstant() : null, (to != null) ? to.toInstant() : null);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEndpointRequestException(String.valueOf(ex.getMessage()), "subject must be a filter");
		}
	}

	private static long sequence(String id) {
		try {
			return Long.parseLong(id);
		}
		catch (NumberFormatException ex) {
			throw new InvalidEndpointRequestException("Not a sequence: " + id, "a dead letter's id is its sequence");
		}
	}

}
