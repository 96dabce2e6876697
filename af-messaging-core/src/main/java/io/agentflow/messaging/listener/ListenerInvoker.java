package io.agentflow.messaging.listener;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One way to call the three kinds of handlers. Made by {@link ListenerSpec.Builder}.
 */
public sealed interface ListenerInvoker {

	/**
	 * Tells whether the handler settles its messages itself.
	 * @return {@code true} if returning does not acknowledge
	 */
	default boolean acknowledges() {
		return false;
	}

	/**
	 * Calls the handler.
	 * @param messages the messages; one, unless it is a batch handler
	 * @param acknowledgment settles the one message
	 * @return what the handler returned
	 * @throws Exception what the handler threw
	 */
	@Nullable Object invoke(List<Received> messages, Acknowledgment acknowledgment) throws Exception;

	/**
	 * Calls a handler of single messages.
	 * @param handler the handler
	 * @return the invoker
	 */
	static ListenerInvoker of(AfMessageHandler handler) {
		return new Single(handler);
	}

	/**
	 * Calls a handler that settles its messages.
	 * @param handler the handler
	 * @return the invoker
	 */
	static ListenerInvoker of(AfAcknowledgingHandler handler) {
		return new Acknowledging(handler);
	}

	/**
	 * Calls a handler of batches.
	 * @param handler the handler
	 * @return the invoker
	 */
	static ListenerInvoker of(AfBatchHandler handler) {
		return new Batch(handler);
	}

	/**
	 * Single messages.
	 *
	 * @param handler the handler
	 */
	record Single(AfMessageHandler handler) implements ListenerInvoker {

		@Override
		public @Nullable Object invoke(List<Received> messages, Acknowledgment acknowledgment) throws Exception {
			Received received = messages.get(0);
			return this.handler.handle(received.message(), received.delivery());
		}

	}

	/**
	 * Single messages, settled by the handler.
	 *
	 * @param handler the handler
	 */
	record Acknowledging(AfAcknowledgingHandler handler) implements ListenerInvoker {

		@Override
		public boolean acknowledges() {
			return true;
		}

		@Override
		public @Nullable Object invoke(List<Received> messages, Acknowledgment acknowledgment) throws Exception {
			Received received = messages.get(0);
			return this.handler.handle(received.message(), received.delivery(), acknowledgment);
		}

	}

	/**
	 * Batches.
	 *
	 * @param handler the handler
	 */
	record Batch(AfBatchHandler handler) implements ListenerInvoker {

		@Override
		public @Nullable Object invoke(List<Received> messages, Acknowledgment acknowledgment) throws Exception {
			this.handler.handle(messages);
			return null;
		}

	}

}
