package io.agentflow.messaging.listener;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a listener is at one moment.
 *
 * @param id its id
 * @param stream its stream
 * @param durable its durable consumer
 * @param subjects its subject filters
 * @param state its state
 * @param since when this state began
 * @param lastError what went wrong last, without content, or {@code null}
 * @param inFlight messages fetched and not settled, by this instance
 * @param pending messages in the stream that the consumer has not delivered yet, as last
 * sampled; −1 before the first sample
 * @param ackPending messages delivered to any instance and not settled, as last sampled
 * @param counts what this instance has done since it started
 */
public record ListenerStatus(String id, String stream, String durable, List<String> subjects, State state,
		Instant since, @Nullable String lastError, int inFlight, long pending, long ackPending, Counts counts) {

	/**
	 * States of a listener.
	 */
	public enum State {

		/** Not started, or stopped. */
		STOPPED,

		/** Delivering. */
		RUNNING,

		/** Told not to deliver. */
		PAUSED,

		/** Should deliver but cannot: no connection, consumer or stream gone; trying. */
		RECOVERING,

		/**
		 * Delivering, but messages cannot be settled: the dead letters are not writable.
		 */
		STALLED

	}

	/**
	 * Tells whether the listener is as it should be.
	 * @return {@code false} while recovering or stalled
	 */
	public boolean isHealthy() {
		return this.state != State.RECOVERING && this.state != State.STALLED;
	}

	/**
	 * What a listener has done since it started.
	 *
	 * @param handled messages handled and acknowledged
	 * @param failed attempts that failed
	 * @param redelivered deliveries that were not the message's first
	 * @param deadLettered messages given up and kept
	 * @param refused messages that broke the contract, part of those given up
	 */
	public record Counts(long handled, long failed, long redelivered, long deadLettered, long refused) {
	}

}
