package io.agentflow.messaging.autoconfigure;

import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.agentflow.messaging.observation.AfProcessConvention;
import io.agentflow.messaging.observation.AfPublishConvention;
import io.agentflow.messaging.observation.CurrentTrace;
import io.agentflow.messaging.observation.MessageObservations;
import io.agentflow.messaging.observation.MessageTimes;

/**
 * Observing: in full where spans are recorded or somebody else wants to know, else ids
 * and times only.
 */
@Configuration(proxyBeanMethods = false)
class ObservationConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MessageObservations afMessageObservations(ObjectProvider<ObservationRegistry> registries,
			ObjectProvider<AfPublishConvention> publish, ObjectProvider<AfProcessConvention> process,
			ObjectProvider<CurrentTrace> trace, ObjectProvider<MessageTimes> times, Environment environment) {
		ObservationRegistry registry = registries.getIfUnique(() -> ObservationRegistry.NOOP);
		AfPublishConvention publishNames = publish.getIfUnique();
		AfProcessConvention processNames = process.getIfUnique();
		MessageObservations full = MessageObservations.of(registry, publishNames, processNames);
		boolean wanted = publishNames != null || processNames != null
				|| environment.getProperty("af.observation.always", Boolean.class, false);
		if (wanted || (!registry.isNoop() && recordsSpans(environment))) {
			return full;
		}
		return MessageObservations.light(trace.getIfUnique(() -> CurrentTrace.NONE),
				times.getIfUnique(() -> MessageTimes.NONE), full, registry);
	}

	private static boolean recordsSpans(Environment environment) {
		return environment.getProperty("af.tracing.enabled", Boolean.class, true)
				&& environment.getProperty("management.tracing.export.enabled", Boolean.class, true);
	}

}
