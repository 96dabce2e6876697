package io.agentflow.messaging.listener;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.nats.client.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.deadletter.DeadLetterWriter;
import io.agentflow.messaging.deadletter.GivenUp;

/**
 * The one place that acknowledges, refuses and gives up deliveries. Each is settled once.
 */
final class Settler {

	private static final Logger logger = LoggerFactory.getLogger(Settler.class);

	/** Between two tries to keep a dead letter that the broker did not take. */
	private static final Duration DEAD_LETTER_RETRY = Duration.ofSeconds(2);

	private static final Duration ACK_TIMEOUT = Duration.ofSeconds(5);

	private final DeadLetterWriter deadLetters;

	private final ScheduledExecutorService scheduler;

	private final SettlementEvents events;

	Settler(DeadLetterWriter deadLetters, ScheduledExecutorService scheduler, SettlementEvents events) {
		this.deadLetters = deadLetters;
		this.scheduler = scheduler;
		this.events = events;
	}

	/**
	 * Acknowledges.
	 * @return whether this call settled it
	 */
	boolean ack(Inbound inbound) {
		return settle(inbound, Message::ack);
	}

	/**
	 * Acknowledges and waits until the broker has said so; for handlers that must not run
	 * twice.
	 * @return whether this call settled it
	 */
	boolean ackConfirmed(Inbound inbound) {
		return settle(inbound, (message) -> {
			try {
				message.ackSync(ACK_TIMEOUT);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			catch (TimeoutException ex) {
				logger.warn("The broker did not confirm an acknowledgement in {} s; the message may come again",
						ACK_TIMEOUT.toSeconds());
			}
		});
	}

	/**
	 * Gives the message back.
	 * @param delay not to be delivered before this has passed
	 * @return whether this call settled it
	 */
	boolean retry(Inbound inbound, Duration delay) {
		return settle(inbound, (message) -> {
			if (delay.isZero()) {
				message.nak();
			}
			else {
				message.nakWithDelay(delay);
			}
		});
	}

	/**
	 * Confirms that the message is still being worked on.
	 */
	void progress(Inbound inbound) {
		try {
			inbound.message().inProgress();
			inbound.touch();
		}
		catch (RuntimeException ex) {
			logger.debug("No sign of life for sequence {}: {}", inbound.sequence(), ex.getMessage());
		}
	}

	/**
	 * Keeps the message with the dead letters and acknowledges it only when the broker
	 * has confirmed that. Until then it stays in flight, with signs of life.
	 */
	void deadLetter(Inbound inbound, GivenUp givenUp) {
		this.deadLetters.write(givenUp).whenComplete((receipt, failure) -> {
			if (failure == null) {
				this.events.deadLetterStored(givenUp);
				ack(inbound);
			}
			else {
				this.events.deadLetterFailed(givenUp, failure);
				later(inbound, givenUp);
			}
		});
	}

	private void later(Inbound inbound, GivenUp givenUp) {
		if (inbound.isSettled()) {
			return;
		}
		try {
			this.scheduler.schedule(() -> {
				if (!inbound.isSettled()) {
					deadLetter(inbound, givenUp);
				}
			}, DEAD_LETTER_RETRY.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Stopping: sequence {} stays with the broker", inbound.sequence());
		}
	}

	private boolean settle(Inbound inbound, Consumer<Message> settlement) {
		if (!inbound.claimSettlement()) {
			return false;
		}
		try {
			settlement.accept(inbound.message());
		}
		catch (RuntimeException ex) {
			// Without a connection nothing can be said; the broker delivers it again.
			logger.debug("Sequence {} could not be settled: {}", inbound.sequence(), ex.getMessage());
		}
		this.events.settled(inbound);
		return true;
	}

	/**
	 * Is told what became of deliveries.
	 */
	interface SettlementEvents {

		/**
		 * A delivery is off this instance's hands.
		 */
		void settled(Inbound inbound);

		/**
		 * A dead letter is stored.
		 */
		void deadLetterStored(GivenUp givenUp);

		/**
		 * A dead letter could not be stored; it will be tried again.
		 */
		void deadLetterFailed(GivenUp givenUp, Throwable failure);

	}

}
