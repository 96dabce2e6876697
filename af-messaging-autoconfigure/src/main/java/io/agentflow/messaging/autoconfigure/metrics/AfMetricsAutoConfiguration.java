package io.agentflow.messaging.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;
import io.agentflow.messaging.autoconfigure.AfStreams;
import io.agentflow.messaging.autoconfigure.logging.ReservedNameMetrics;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.listener.AfListenerRegistry;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for counters and gauges.
 */
@AutoConfiguration(after = AfMessagingAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public final class AfMetricsAutoConfiguration {

	@Bean
	@ConditionalOnBean(AfStreams.class)
	@ConditionalOnMissingBean
	MessageMetrics afMessageMetrics(MeterRegistry registry) {
		return new MessageMetrics(registry);
	}

	@Bean
	@ConditionalOnBean(AfStreams.class)
	@ConditionalOnMissingBean
	MessageTimers afMessageTimers(MeterRegistry registry, MessageMetrics counters) {
		return new MessageTimers(registry, counters);
	}

	@Bean
	@ConditionalOnBean(AfStreams.class)
	@ConditionalOnMissingBean
	ListenerGauges afListenerGauges(MeterRegistry registry, AfListenerRegistry listeners, MessageMetrics counters,
			BusConnection connection) {
		return new ListenerGauges(registry, listeners, counters, connection);
	}

	/**
	 * Static, as registries are made with their filters before other beans.
	 */
	@Bean
	@ConditionalOnMissingBean(name = "afMessageTimerFilter")
	static MessageTimerFilter afMessageTimerFilter() {
		return new MessageTimerFilter();
	}

	/**
	 * Apart, for applications without Logback.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = { "ch.qos.logback.classic.LoggerContext",
			"net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder" })
	static class LoggingMetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ReservedNameMetrics afReservedNameMetrics() {
			return new ReservedNameMetrics();
		}

	}

}
