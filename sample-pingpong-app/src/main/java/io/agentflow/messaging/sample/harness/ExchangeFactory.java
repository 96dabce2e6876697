package io.agentflow.messaging.sample.harness;

/**
 * Makes what is compared.
 */
public interface ExchangeFactory extends AutoCloseable {

	/**
	 * Returns what is measured.
	 * @param tracing whether every message is traced
	 * @return the exchange, freshly started; the caller closes it
	 */
	Exchange ours(boolean tracing);

	/**
	 * Returns jnats alone.
	 * @return the exchange; the caller closes it
	 */
	Exchange raw();

	/**
	 * Tells what the server is.
	 * @return its version
	 */
	String serverVersion();

	@Override
	void close();

}
