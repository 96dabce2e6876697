package io.agentflow.messaging.observation;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.micrometer.observation.transport.ReceiverContext;
import io.nats.client.impl.Headers;

/**
 * What is known of handling messages outside of the traces that they were published in: a
 * message of the past that is replayed, or several messages handled at once. The span
 * belongs to the trace that the thread is in, and has a link to each publish.
 */
public final class AfLinkedContext extends ReceiverContext<Headers> {

	private final Delivery delivery;

	private final @Nullable AfMessage<?> message;

	private final List<TraceContext> links;

	private final int messageCount;

	private AfLinkedContext(Delivery delivery, @Nullable AfMessage<?> message, List<TraceContext> links,
			int messageCount) {
		super(NatsHeaders.getter(null));
		setCarrier(new Headers());
		setRemoteServiceName("nats");
		this.delivery = delivery;
		this.message = message;
		this.links = List.copyOf(links);
		this.messageCount = messageCount;
	}

	/**
	 * A message that is replayed.
	 * @param delivery where it is stored
	 * @param message the message
	 * @return the context
	 */
	public static AfLinkedContext replay(Delivery delivery, AfMessage<?> message) {
		Headers headers = new Headers();
		delivery.headers().forEach(headers::put);
		TraceContext published = TraceContext.find(headers, message);
		return new AfLinkedContext(delivery, message, (published != null) ? List.of(published) : List.of(), 1);
	}

	/**
	 * Messages that are handled at once.
	 * @param first where the first of them came from
	 * @param contexts their own contexts
	 * @return the context
	 */
	public static AfLinkedContext batch(Delivery first, List<AfProcessContext> contexts) {
		List<TraceContext> published = contexts.stream()
			.map((context) -> TraceContext.find(context.getCarrier(), context.message()))
			.filter(Objects::nonNull)
			.map((found) -> Objects.requireNonNull(found))
			.toList();
		return new AfLinkedContext(first, null, published, contexts.size());
	}

	/**
	 * Tells which of the two it is.
	 * @return whether the message is replayed
	 */
	public boolean isReplay() {
		return this.message != null;
	}

	/**
	 * Returns where the message, or the first of them, came from.
	 * @return the delivery
	 */
	public Delivery delivery() {
		return this.delivery;
	}

	/**
	 * Returns the message that is replayed.
	 * @return the message, or {@code null} for a batch
	 */
	public @Nullable AfMessage<?> message() {
		return this.message;
	}

	/**
	 * Returns the spans that the messages were published in, as far as they are known.
	 * @return the links
	 */
	public List<TraceContext> links() {
		return this.links;
	}

	/**
	 * Returns how many messages are handled.
	 * @return their number
	 */
	public int messageCount() {
		return this.messageCount;
	}

}
