package io.agentflow.messaging.replay;

import java.util.List;

import io.agentflow.messaging.codec.InvalidMessageException;

/**
 * How a replay went.
 *
 * @param replayed messages handed over
 * @param refused messages that break the contract, all of them
 * @param refusals where and why, of the first {@value #MAX_REFUSALS}
 * @param failed messages that the handler failed on, all of them
 * @param failures where and why, of the first {@value #MAX_REFUSALS}
 * @param lastSequence sequence of the last message read, 0 if there was none
 */
public record ReplayResult(long replayed, long refused, List<Refusal> refusals, long failed, List<Failed> failures,
		long lastSequence) {

	/** Refusals and failures that are told one by one; the rest is counted. */
	public static final int MAX_REFUSALS = 1000;

	/**
	 * Tells whether every message was valid and handled.
	 * @return whether nothing was refused and nothing failed
	 */
	public boolean isComplete() {
		return this.refused == 0 && this.failed == 0;
	}

	/**
	 * A message that breaks the contract.
	 *
	 * @param subject its subject
	 * @param sequence its sequence in the stream
	 * @param reason which rule family it breaks
	 * @param explanation every broken rule, without content
	 */
	public record Refusal(String subject, long sequence, InvalidMessageException.Reason reason, String explanation) {
	}

	/**
	 * A message that the handler failed on.
	 *
	 * @param subject its subject
	 * @param sequence its sequence in the stream
	 * @param cause what the handler threw
	 */
	public record Failed(String subject, long sequence, Exception cause) {
	}

}
