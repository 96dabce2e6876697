package io.agentflow.messaging.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.agentflow.messaging.autoconfigure.AfBusProperties.Idempotency;
import io.agentflow.messaging.autoconfigure.AfBusProperties.Listener;
import io.agentflow.messaging.autoconfigure.AfBusProperties.Retry;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.deadletter.DeadLetterWriter;
import io.agentflow.messaging.deadletter.DeadLetters;
import io.agentflow.messaging.deadletter.ParkedMessages;
import io.agentflow.messaging.failure.FailurePolicy;
import io.agentflow.messaging.failure.RetrySettings;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.listener.DeliveryObserver;
import io.agentflow.messaging.listener.EnableAfListeners;
import io.agentflow.messaging.listener.IdempotencyStore;
import io.agentflow.messaging.listener.ListenerCustomizer;
import io.agentflow.messaging.listener.ListenerSettings;
import io.agentflow.messaging.observation.MessageObservations;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.replay.AfReplay;

/**
 * Listening, replaying, and what becomes of messages that cannot be handled.
 */
@Configuration(proxyBeanMethods = false)
class ListenerConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FailurePolicy afFailurePolicy() {
		return FailurePolicy.backoff();
	}

	@Bean
	@ConditionalOnMissingBean
	DeadLetterWriter afDeadLetterWriter(AfPublisher publisher) {
		return DeadLetterWriter.to(publisher.raw());
	}

	@Bean
	@ConditionalOnMissingBean
	DeadLetters afDeadLetters(BusConnection connection, AfPublisher publisher) {
		return DeadLetters.create(connection, publisher.raw());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "af.bus.parked-messages.enabled", matchIfMissing = true)
	ParkedMessages afParkedMessages(BusConnection connection, EnvelopeCodec codec, DeadLetterWriter deadLetters,
			AfBusProperties properties, AfStreams streams, ObjectProvider<DeliveryObserver> observers) {
		DeliveryObserver observer = DeliveryObservers.of(observers.orderedStream().toList());
		return ParkedMessages.create(connection,
				new ParkedMessages.Net(StreamTopologyMapper.advisories(properties.getStreams(), streams.topology()),
						properties.getProvisioning(), (givenUp) -> observer.deadLettered(ParkedMessages.DURABLE,
								givenUp.original().subject(), givenUp.reason())),
				codec, deadLetters);
	}

	@Bean
	@ConditionalOnMissingBean
	AfReplay afReplay(BusConnection connection, EnvelopeCodec codec, AfStreams streams,
			MessageObservations observations) {
		return AfReplay.create(connection, codec, streams.topology(), observations);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty("af.bus.idempotency.enabled")
	IdempotencyStore afIdempotencyStore(BusConnection connection, AfBusProperties properties) {
		Idempotency idempotency = properties.getIdempotency();
		return IdempotencyStore.keyValue(connection, new IdempotencyStore.KeyValueSettings(idempotency.getBucket(),
				idempotency.getTimeToLive(), idempotency.getMaxBytes().toBytes(), idempotency.getReplicas()));
	}

	@Bean
	@ConditionalOnMissingBean
	ListenerSettings afListenerSettings(AfBusProperties properties, Environment environment) {
		Listener listener = properties.getListener();
		Retry retry = properties.getRetry();
		return new ListenerSettings(ApplicationName.forConsumers(environment), listener.getConcurrency(),
				properties.getAckWait(), properties.getMaxInFlight(),
				new RetrySettings(retry.getMaxAttempts(), retry.getInitialDelay(), retry.getMultiplier(),
						retry.getMaxDelay(), retry.getJitter()),
				listener.getMaxProcessingTime(), properties.getShutdownTimeout(), properties.getProvisioning(),
				Threading.VIRTUAL.isActive(environment), listener.getSampleInterval());
	}

	@Bean
	@ConditionalOnMissingBean
	AfListenerRegistry afListenerRegistry(BusConnection connection, EnvelopeCodec codec, AfPublisher publisher,
			DeadLetterWriter deadLetters, ListenerCollaborators collaborators, AfStreams streams) {
		return collaborators.applyTo(AfListenerRegistry.builder(connection, codec, publisher, deadLetters))
			.topology(streams.topology())
			.build();
	}

	@Bean
	ListenerCollaborators afListenerCollaborators(ListenerSettings settings, FailurePolicy failurePolicy,
			MessageObservations observations, ObjectProvider<DeliveryObserver> observers,
			ObjectProvider<IdempotencyStore> idempotency, ObjectProvider<ListenerCustomizer> customizers) {
		return (builder) -> builder.settings(settings)
			.failurePolicy(failurePolicy)
			.observations(observations)
			.observer(DeliveryObservers.of(observers.orderedStream().toList()))
			.idempotency(idempotency.getIfUnique())
			.customizers(customizers.orderedStream().toList());
	}

	/**
	 * What listeners take from the context where it is there.
	 */
	@FunctionalInterface
	interface ListenerCollaborators {

		/**
		 * Hands it over.
		 * @param builder the registry's builder
		 * @return the builder
		 */
		AfListenerRegistry.Builder applyTo(AfListenerRegistry.Builder builder);

	}

	/**
	 * Finds the annotated methods, unless the application has said so itself.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAfListeners
	@ConditionalOnBooleanProperty(name = "af.bus.listener.enabled", matchIfMissing = true)
	@ConditionalOnMissingBean(name = "afListenerBeanPostProcessor")
	static class EnableAfListenersConfiguration {

	}

}
