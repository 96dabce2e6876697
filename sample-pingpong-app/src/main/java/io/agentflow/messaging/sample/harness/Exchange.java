package io.agentflow.messaging.sample.harness;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A pair of requester and responder whose round trips are measured. Thread-safe.
 */
public interface Exchange extends AutoCloseable {

	/**
	 * Names what carries the messages, for reports.
	 * @return a short name
	 */
	String name();

	/**
	 * Sets who is told of responses; one at a time.
	 * @param listener is told on the thread that receives, and may send from there;
	 * {@code null} for nobody
	 */
	void listen(@Nullable ResponseListener listener);

	/**
	 * Sends a request.
	 * @param run number of the run, which its response carries back
	 * @param sequence number of the request in the run, from 0
	 * @param text its content
	 * @return completes when the request is stored, with the hash that it was sent with;
	 * with an empty text if this exchange has no hashes
	 */
	CompletableFuture<String> send(int run, int sequence, String text);

	/**
	 * Releases what belongs to this exchange alone.
	 */
	@Override
	void close();

	/**
	 * Takes responses.
	 */
	@FunctionalInterface
	interface ResponseListener {

		/**
		 * A response has arrived.
		 * @param run number of the run that the request belonged to
		 * @param sequence number of the request
		 * @param requestHash hash of the request as the responder has verified it, empty
		 * if this exchange has none
		 * @param verified whether the response's own hash was verified
		 */
		void received(int run, int sequence, String requestHash, boolean verified);

	}

}
