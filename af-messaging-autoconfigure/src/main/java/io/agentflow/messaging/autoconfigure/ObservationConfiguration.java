package io.agentflow.messaging.autoconfigure;

import java.time.Instant;
import java.util.Map;

import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.nats.client.impl.Headers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.observation.AfProcessContext;
import io.agentflow.messaging.observation.AfProcessConvention;
import io.agentflow.messaging.observation.AfPublishContext;
import io.agentflow.messaging.observation.AfPublishConvention;
import io.agentflow.messaging.observation.CurrentTrace;
import io.agentflow.messaging.observation.MessageObservations;
import io.agentflow.messaging.observation.MessageTimes;

/**
 * Observing: in full what may be recorded or what somebody else wants to know of, else
 * ids and times only.
 */
@Configuration(proxyBeanMethods = false)
class ObservationConfiguration {

	private static final AfPublishContext SAMPLE_PUBLISH = new AfPublishContext(new Headers(), "agents.sample.in",
			AfMessage.event("sample", "sample").build());

	private static final AfProcessContext SAMPLE_DELIVERY = new AfProcessContext(null,
			new Delivery("agents.sample.in", "", "", 1, 1, Instant.EPOCH, 0, false, Map.of()), null);

	@Bean
	@ConditionalOnMissingBean
	MessageObservations afMessageObservations(ObjectProvider<ObservationRegistry> registries,
			ObjectProvider<AfPublishConvention> publish, ObjectProvider<AfProcessConvention> process,
			ObjectProvider<ObservationHandler<?>> handlers, LightParts light, Environment environment) {
		ObservationRegistry registry = registries.getIfUnique(() -> ObservationRegistry.NOOP);
		AfPublishConvention publishNames = publish.getIfUnique();
		AfProcessConvention processNames = process.getIfUnique();
		MessageObservations full = MessageObservations.of(registry, publishNames, processNames);
		boolean always = publishNames != null || processNames != null || isOfSomebodyElse(registry)
				|| handlers.stream().anyMatch(ObservationConfiguration::isOfApplication)
				|| environment.getProperty("af.observation.always", Boolean.class, false);
		return always ? full : MessageObservations.light(light.trace(), light.times(), full, registry);
	}

	@Bean
	LightParts afLightObservationParts(ObjectProvider<CurrentTrace> trace, ObjectProvider<MessageTimes> times) {
		return new LightParts(trace.getIfUnique(() -> CurrentTrace.NONE), times.getIfUnique(() -> MessageTimes.NONE));
	}

	/**
	 * A registry for tests, for example, wants to see everything.
	 */
	private static boolean isOfSomebodyElse(ObservationRegistry registry) {
		return !registry.isNoop() && registry.getClass() != ObservationRegistry.create().getClass();
	}

	/**
	 * Handlers of Micrometer and Spring make spans and timers, which light observations
	 * see to themselves.
	 */
	private static boolean isOfApplication(ObservationHandler<?> handler) {
		String name = handler.getClass().getName();
		boolean known = name.startsWith("io.micrometer.") || name.startsWith("org.springframework.")
				|| name.startsWith("io.agentflow.messaging.autoconfigure.metrics.");
		return !known && (handler.supportsContext(SAMPLE_PUBLISH) || handler.supportsContext(SAMPLE_DELIVERY));
	}

	/**
	 * What light observations are made of.
	 *
	 * @param trace the trace that a thread is in
	 * @param times takes the times
	 */
	record LightParts(CurrentTrace trace, MessageTimes times) {
	}

}
