package io.agentflow.messaging.autoconfigure.health;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.context.annotation.Bean;

import io.agentflow.messaging.autoconfigure.AfBusProperties;
import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;
import io.agentflow.messaging.autoconfigure.AfStreams;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.deadletter.ParkedMessages;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.publish.AfPublisher;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for health {@code af}.
 */
@AutoConfiguration(after = AfMessagingAutoConfiguration.class)
@ConditionalOnClass({ AbstractHealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(AfStreams.class)
@ConditionalOnEnabledHealthIndicator("af")
public final class AfHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "afHealthIndicator", "afHealthContributor" })
	AfHealthIndicator afHealthIndicator(BusConnection connection, AfStreams streams, AfPublisher publisher,
			AfListenerRegistry listeners, ObjectProvider<ParkedMessages> parked, AfBusProperties properties) {
		return new AfHealthIndicator(connection, streams, publisher, listeners, parked.getIfUnique(),
				properties.getHealth().getMaxLag());
	}

}
