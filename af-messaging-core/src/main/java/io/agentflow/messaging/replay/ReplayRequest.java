package io.agentflow.messaging.replay;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.MetadataKeys;
import io.agentflow.messaging.Subjects;

/**
 * Which part of the history to read. Immutable.
 *
 * @param subjects subject filters, all of one stream
 * @param metadataKey member of the metadata that must have a certain value, or
 * {@code null}
 * @param metadataValue that value, or {@code null}
 * @param from first time of storing, or {@code null} for the beginning
 * @param to end of the times of storing, itself excluded, or {@code null}
 * @param fromSequence first sequence in the stream, or 0
 * @param toSequence last sequence in the stream, or 0
 * @param messageId the one message to read, or {@code null}
 */
public record ReplayRequest(List<String> subjects, @Nullable String metadataKey, @Nullable String metadataValue,
		@Nullable Instant from, @Nullable Instant to, long fromSequence, long toSequence, @Nullable String messageId) {

	/**
	 * Checks filters and bounds.
	 */
	public ReplayRequest {
		subjects = List.copyOf(subjects);
		if (subjects.isEmpty()) {
			throw new IllegalArgumentException("A replay needs at least one subject");
		}
		subjects.forEach(Subjects::requireFilter);
		if (from != null && to != null && to.isBefore(from)) {
			throw new IllegalArgumentException("A replay cannot end (" + to + ") before it begins (" + from + ")");
		}
		if (fromSequence < 0 || toSequence < 0 || (toSequence > 0 && toSequence < fromSequence)) {
			throw new IllegalArgumentException(
					"A replay cannot read sequences " + fromSequence + " to " + toSequence + "; they count from 1");
		}
		if (fromSequence > 0 && from != null) {
			throw new IllegalArgumentException("A replay begins at a time or at a sequence, not at both");
		}
	}

	private static ReplayRequest of(String... subjects) {
		return new ReplayRequest(List.of(subjects), null, null, null, null, 0, 0, null);
	}

	/**
	 * What went into a workflow and came out of it: subjects {@code workflows.<id>.*}.
	 * @param workflowId the workflow's id
	 * @return the request
	 * @throws IllegalArgumentException if the id is not one subject token
	 */
	public static ReplayRequest forWorkflow(String workflowId) {
		return of(Subjects.workflowIn(workflowId).replaceAll("in$", "*"));
	}

	/**
	 * All that belongs to a workflow, agents' messages included: whatever has its id in
	 * {@code metadata.workflow_id}. Reads the whole of {@code AF_MESSAGES} in the bounds
	 * given, so give some.
	 * @param workflowId the workflow's id
	 * @return the request
	 */
	public static ReplayRequest forWorkflowWithAgents(String workflowId) {
		return new ReplayRequest(List.of("workflows.*.*", "agents.*.*"), MetadataKeys.WORKFLOW_ID, workflowId, null,
				null, 0, 0, null);
	}

	/**
	 * What an agent received and emitted: subjects {@code agents.<id>.*}.
	 * @param agentId the agent's id
	 * @return the request
	 * @throws IllegalArgumentException if the id is not one subject token
	 */
	public static ReplayRequest forAgent(String agentId) {
		return of(Subjects.agentIn(agentId).replaceAll("in$", "*"));
	}

	/**
	 * What was published to subjects.
	 * @param subjects filters, all of one stream; several need nats-server 2.10
	 * @return the request
	 */
	public static ReplayRequest forSubjects(String... subjects) {
		return of(subjects);
	}

	/**
	 * Begins at a time.
	 * @param begin first time of storing
	 * @return the request
	 */
	public ReplayRequest from(Instant begin) {
		return new ReplayRequest(this.subjects, this.metadataKey, this.metadataValue, begin, this.to, this.fromSequence,
				this.toSequence, this.messageId);
	}

	/**
	 * Ends at a time.
	 * @param end end of the times of storing, itself excluded
	 * @return the request
	 */
	public ReplayRequest to(Instant end) {
		return new ReplayRequest(this.subjects, this.metadataKey, this.metadataValue, this.from, end, this.fromSequence,
				this.toSequence, this.messageId);
	}

	/**
	 * Reads between two sequences.
	 * @param first first sequence in the stream, from 1
	 * @param last last sequence in the stream, or 0 for the last there is
	 * @return the request
	 */
	public ReplayRequest sequences(long first, long last) {
		return new ReplayRequest(this.subjects, this.metadataKey, this.metadataValue, this.from, this.to, first, last,
				this.messageId);
	}

	/**
	 * Reads one message. The stream has no index of ids: what is selected is read until
	 * it is found.
	 * @param id the message's id
	 * @return the request
	 */
	public ReplayRequest messageId(String id) {
		return new ReplayRequest(this.subjects, this.metadataKey, this.metadataValue, this.from, this.to,
				this.fromSequence, this.toSequence, id);
	}

	/**
	 * Tells whether a verified message is one of those asked for. Those that could not be
	 * verified are reported whatever they say of themselves.
	 */
	boolean selects(AfMessage<?> message) {
		return (this.messageId == null || this.messageId.equals(message.id())) && (this.metadataKey == null
				|| String.valueOf(this.metadataValue).equals(message.metadata().get(this.metadataKey)));
	}

}
