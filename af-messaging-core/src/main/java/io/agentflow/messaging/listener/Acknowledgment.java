package io.agentflow.messaging.listener;

import java.time.Duration;

/**
 * Settles one delivery. The first call counts, later ones do nothing. Thread-safe.
 */
public interface Acknowledgment {

	/**
	 * Says that the message is handled.
	 */
	void acknowledge();

	/**
	 * Asks for the message again.
	 * @param delay not before this has passed
	 */
	void retry(Duration delay);

	/**
	 * Gives the message up: it goes to the dead letters.
	 * @param why kept with it
	 */
	void reject(String why);

}
