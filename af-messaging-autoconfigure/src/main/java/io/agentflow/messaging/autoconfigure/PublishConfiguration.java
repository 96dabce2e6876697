package io.agentflow.messaging.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.agentflow.messaging.autoconfigure.AfBusProperties.Publish;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.observation.MessageObservations;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.publish.PublishSettings;

/**
 * Publishing.
 */
@Configuration(proxyBeanMethods = false)
class PublishConfiguration {

	/**
	 * Takes the streams as a parameter to be made after them: whoever publishes at
	 * start-up finds them there.
	 */
	@Bean
	@ConditionalOnMissingBean
	AfPublisher afPublisher(BusConnection connection, EnvelopeCodec codec, AfStreams streams,
			AfBusProperties properties, MessageObservations observations) {
		return AfPublisher.builder(connection, codec)
			.settings(settings(properties))
			.topology(streams.topology())
			.requestTimeout(properties.getRequestTimeout())
			.observations(observations)
			.build();
	}

	private static PublishSettings settings(AfBusProperties properties) {
		Publish publish = properties.getPublish();
		return new PublishSettings(publish.getDeadline(), publish.getMaxInFlight(), publish.getTimeout(),
				publish.getInitialBackoff(), publish.getMaxBackoff(), publish.getStalledAfter());
	}

}
