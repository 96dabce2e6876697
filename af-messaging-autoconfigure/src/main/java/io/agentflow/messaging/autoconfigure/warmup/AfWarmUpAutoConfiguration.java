package io.agentflow.messaging.autoconfigure.warmup;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.agentflow.messaging.autoconfigure.AfBusProperties;
import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.observation.CurrentTrace;
import io.agentflow.messaging.stream.ProvisioningMode;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the warm-up, which
 * {@code af.warm-up.messages} turns on.
 */
@AutoConfiguration(after = AfMessagingAutoConfiguration.class)
@ConditionalOnBean({ BusConnection.class, EnvelopeCodec.class })
@ConditionalOnProperty("af.warm-up.messages")
@EnableConfigurationProperties(AfWarmUpProperties.class)
public final class AfWarmUpAutoConfiguration {

	@Bean
	AfWarmUp afWarmUp(BusConnection bus, EnvelopeCodec codec, AfWarmUpProperties properties, AfBusProperties busOptions,
			ObjectProvider<CurrentTrace> trace) {
		ProvisioningMode mode = busOptions.getProvisioning();
		boolean allowed = mode == ProvisioningMode.UPDATE || mode == ProvisioningMode.CREATE;
		SelfRequests requests = new SelfRequests(bus, codec, trace.getIfUnique(() -> CurrentTrace.NONE));
		return new AfWarmUp(bus, requests, properties, allowed);
	}

}
