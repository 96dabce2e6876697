package io.agentflow.messaging.deadletter;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.failure.FailureReason;

/**
 * Which dead letters to find. Immutable; every part narrows.
 *
 * @param subject filter of the original subject, {@code >} for all
 * @param workflowId workflow, or {@code null} for all
 * @param reason reason, or {@code null} for all
 * @param consumer durable consumer that gave up, or {@code null} for all
 * @param from given up at or after it, or {@code null}
 * @param to given up before it, or {@code null}
 * @param afterSequence only those of a higher sequence among the dead letters; for
 * reading page by page
 */
public record DeadLetterQuery(String subject, @Nullable String workflowId, @Nullable FailureReason reason,
		@Nullable String consumer, @Nullable Instant from, @Nullable Instant to, long afterSequence) {

	/**
	 * Checks the subject filter.
	 */
	public DeadLetterQuery {
		Subjects.requireFilter(subject);
	}

	/**
	 * Finds all.
	 * @return the query
	 */
	public static DeadLetterQuery all() {
		return new DeadLetterQuery(">", null, null, null, null, null, 0);
	}

	/**
	 * Narrows to subjects.
	 * @param filter filter of the original subject
	 * @return the query
	 */
	public DeadLetterQuery withSubject(String filter) {
		return new DeadLetterQuery(filter, this.workflowId, this.reason, this.consumer, this.from, this.to,
				this.afterSequence);
	}

	/**
	 * Narrows to a workflow.
	 * @param workflow the workflow's id
	 * @return the query
	 */
	public DeadLetterQuery withWorkflowId(String workflow) {
		return new DeadLetterQuery(this.subject, workflow, this.reason, this.consumer, this.from, this.to,
				this.afterSequence);
	}

	/**
	 * Narrows to a reason.
	 * @param why the reason
	 * @return the query
	 */
	public DeadLetterQuery withReason(FailureReason why) {
		return new DeadLetterQuery(this.subject, this.workflowId, why, this.consumer, this.from, this.to,
				this.afterSequence);
	}

	/**
	 * Narrows to a consumer.
	 * @param durable the durable consumer that gave up
	 * @return the query
	 */
	public DeadLetterQuery withConsumer(String durable) {
		return new DeadLetterQuery(this.subject, this.workflowId, this.reason, durable, this.from, this.to,
				this.afterSequence);
	}

	/**
	 * Narrows to a time.
	 * @param begin given up at or after it, or {@code null}
	 * @param end given up before it, or {@code null}
	 * @return the query
	 */
	public DeadLetterQuery withTime(@Nullable Instant begin, @Nullable Instant end) {
		return new DeadLetterQuery(this.subject, this.workflowId, this.reason, this.consumer, begin, end,
				this.afterSequence);
	}

	/**
	 * Goes on after a page.
	 * @param sequence sequence of the last dead letter seen
	 * @return the query
	 */
	public DeadLetterQuery withAfterSequence(long sequence) {
		return new DeadLetterQuery(this.subject, this.workflowId, this.reason, this.consumer, this.from, this.to,
				sequence);
	}

	boolean selects(DeadLetter letter) {
		return (this.workflowId == null || this.workflowId.equals(letter.workflowId()))
				&& (this.reason == null || this.reason == letter.reason())
				&& (this.consumer == null || this.consumer.equals(letter.consumer()))
				&& (this.from == null || !letter.failedAt().isBefore(this.from))
				&& (this.to == null || letter.failedAt().isBefore(this.to));
	}

}
