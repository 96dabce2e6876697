package io.agentflow.messaging.listener;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.deadletter.DeadLetterWriter;
import io.agentflow.messaging.failure.FailurePolicy;
import io.agentflow.messaging.observation.MessageObservations;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.stream.StreamTopology;

import org.springframework.context.SmartLifecycle;

/**
 * The listeners of an application: those of {@link AfListener} methods, and those
 * registered here. Starts and stops them with the application, after the web server
 * starts and before it stops (phase {@code Integer.MAX_VALUE - 100}, as spring-kafka
 * does). Thread-safe.
 */
public interface AfListenerRegistry extends SmartLifecycle, AutoCloseable {

	/**
	 * Starts a registry.
	 * @param bus the connection
	 * @param codec reads and verifies messages
	 * @param publisher publishes responses
	 * @param deadLetters keeps what is given up
	 * @return a builder
	 */
	static Builder builder(BusConnection bus, EnvelopeCodec codec, AfPublisher publisher,
			DeadLetterWriter deadLetters) {
		return new Builder(bus, codec, publisher, deadLetters);
	}

	/**
	 * Adds a listener. It starts at once if the registry runs and the listener starts by
	 * itself.
	 * @param spec the listener
	 * @throws ListenerDefinitionException if the id or the durable consumer is taken by
	 * another listener, or no stream keeps the subjects
	 */
	void register(ListenerSpec spec);

	/**
	 * Names the listeners.
	 * @return their ids, in the order of registration
	 */
	Collection<String> ids();

	/**
	 * Tells how a listener is.
	 * @param id its id
	 * @return a snapshot
	 * @throws IllegalArgumentException if there is none of that id
	 */
	ListenerStatus status(String id);

	/**
	 * Tells how all listeners are.
	 * @return snapshots, in the order of registration
	 */
	List<ListenerStatus> listeners();

	/**
	 * Starts a listener that is stopped.
	 * @param id its id
	 */
	void start(String id);

	/**
	 * Stops a listener: its running handlers finish, what was only fetched goes back.
	 * @param id its id
	 */
	void stop(String id);

	/**
	 * Holds a listener back: what was only fetched goes back, running handlers go on.
	 * @param id its id
	 */
	void pause(String id);

	/**
	 * Lets a listener go on.
	 * @param id its id
	 */
	void resume(String id);

	/**
	 * Returns a listener's handler, for replaying history to it.
	 * @param id its id
	 * @return what calls it
	 */
	ListenerInvoker invoker(String id);

	/**
	 * Stops for good.
	 */
	@Override
	void close();

	/**
	 * Collects what listeners work with. Not thread-safe.
	 */
	final class Builder {

		private final BusConnection bus;

		private final EnvelopeCodec codec;

		private final AfPublisher publisher;

		private final DeadLetterWriter deadLetters;

		private StreamTopology topology = StreamTopology.defaults();

		private ListenerSettings settings = ListenerSettings.defaults("application");

		private FailurePolicy failurePolicy = FailurePolicy.backoff();

		private MessageObservations observations = MessageObservations.NONE;

		private DeliveryObserver observer = DeliveryObserver.NONE;

		private @Nullable IdempotencyStore idempotency;

		private List<ListenerCustomizer> customizers = List.of();

		private Builder(BusConnection bus, EnvelopeCodec codec, AfPublisher publisher, DeadLetterWriter deadLetters) {
			this.bus = bus;
			this.codec = codec;
			this.publisher = publisher;
			this.deadLetters = deadLetters;
		}

		/**
		 * Sets the streams that subjects are looked up in; the contract's by default.
		 * @param streams the streams
		 * @return this
		 */
		public Builder topology(StreamTopology streams) {
			this.topology = streams;
			return this;
		}

		/**
		 * Sets what listeners have in common.
		 * @param common the settings
		 * @return this
		 */
		public Builder settings(ListenerSettings common) {
			this.settings = common;
			return this;
		}

		/**
		 * Sets who decides about failures.
		 * @param policy the policy
		 * @return this
		 */
		public Builder failurePolicy(FailurePolicy policy) {
			this.failurePolicy = policy;
			return this;
		}

		/**
		 * Sets how deliveries are observed; not at all by default.
		 * @param messageObservations how
		 * @return this
		 */
		public Builder observations(MessageObservations messageObservations) {
			this.observations = messageObservations;
			return this;
		}

		/**
		 * Sets who is told of deliveries.
		 * @param deliveryObserver the observer
		 * @return this
		 */
		public Builder observer(DeliveryObserver deliveryObserver) {
			this.observer = deliveryObserver;
			return this;
		}

		/**
		 * Makes handlers run once for each message, as far as a store can tell.
		 * @param store remembers what was handled; {@code null} for none
		 * @return this
		 */
		public Builder idempotency(@Nullable IdempotencyStore store) {
			this.idempotency = store;
			return this;
		}

		/**
		 * Sets who changes listeners before they are registered; nobody by default.
		 * @param listenerCustomizers called in this order
		 * @return this
		 */
		public Builder customizers(List<ListenerCustomizer> listenerCustomizers) {
			this.customizers = List.copyOf(listenerCustomizers);
			return this;
		}

		/**
		 * Makes the registry; it is not started.
		 * @return the registry
		 */
		public AfListenerRegistry build() {
			PipelineSettings pipeline = new PipelineSettings(this.codec, this.failurePolicy, this.observations,
					this.observer, this.idempotency);
			return new DefaultAfListenerRegistry(new ListenerRuntime(new ListenerRuntime.Collaborators(this.bus,
					this.publisher, this.deadLetters, this.topology, pipeline), this.settings), this.customizers);
		}

	}

}
