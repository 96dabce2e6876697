package io.agentflow.messaging.autoconfigure.endpoint;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;
import io.agentflow.messaging.autoconfigure.AfStreams;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.deadletter.DeadLetters;
import io.agentflow.messaging.listener.AfListenerRegistry;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for endpoint {@code afmessaging},
 * for member {@code af} of endpoint {@code info}, and for what other endpoints may show
 * of {@code af.bus.*}.
 */
@AutoConfiguration(after = AfMessagingAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
public final class AfEndpointAutoConfiguration {

	@Bean
	AfSanitizingFunction afSanitizingFunction() {
		return new AfSanitizingFunction();
	}

	@Bean
	@ConditionalOnBean(AfStreams.class)
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	AfMessagingEndpoint afMessagingEndpoint(BusConnection connection, AfStreams streams, AfListenerRegistry listeners,
			DeadLetters deadLetters) {
		return new AfMessagingEndpoint(connection, new BusInventory(connection, streams.topology()), listeners,
				deadLetters);
	}

	@Bean
	@ConditionalOnBean(AfStreams.class)
	@ConditionalOnMissingBean
	@ConditionalOnEnabledInfoContributor("af")
	AfInfoContributor afInfoContributor(BusConnection connection, AfStreams streams, AfListenerRegistry listeners) {
		return new AfInfoContributor(connection, streams, listeners);
	}

}
