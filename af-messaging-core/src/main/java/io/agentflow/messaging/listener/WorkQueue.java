package io.agentflow.messaging.listener;

import java.util.List;

/**
 * What is fetched and waits for a thread. Thread-safe.
 */
interface WorkQueue {

	/**
	 * Adds a message.
	 */
	void offer(Inbound inbound);

	/**
	 * Waits for a message that may be worked on.
	 */
	Inbound take() throws InterruptedException;

	/**
	 * Takes more that are there already, for a batch.
	 */
	void drainTo(List<Inbound> batch, int max);

	/**
	 * Says that a taken message is settled.
	 */
	void release(Inbound inbound);

	/**
	 * Gives a taken message back, to be taken again before those behind it.
	 */
	void again(Inbound inbound);

	/**
	 * Takes out all that wait.
	 */
	List<Inbound> clear();

}
