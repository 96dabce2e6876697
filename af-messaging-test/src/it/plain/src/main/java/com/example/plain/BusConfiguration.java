package com.example.plain;

import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.ConnectionSettings;
import io.agentflow.messaging.deadletter.DeadLetterWriter;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.listener.EnableAfListeners;
import io.agentflow.messaging.listener.ListenerSettings;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.stream.StreamProvisioner;
import io.agentflow.messaging.stream.StreamTopology;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What Spring Boot's auto-configuration does otherwise.
 */
@Configuration(proxyBeanMethods = false)
@EnableAfListeners
class BusConfiguration {

	@Bean
	BusConnection connection(@Value("${af.bus.url:nats://localhost:4222}") String url) {
		BusConnection connection = BusConnection.connect(ConnectionSettings.of(url));
		StreamProvisioner.of(connection).provision(StreamTopology.defaults(), ProvisioningMode.UPDATE);
		return connection;
	}

	@Bean
	EnvelopeCodec codec() {
		return EnvelopeCodec.builder().build();
	}

	@Bean
	AfPublisher publisher(BusConnection connection, EnvelopeCodec codec) {
		return AfPublisher.builder(connection, codec).build();
	}

	@Bean
	AfListenerRegistry listeners(BusConnection connection, EnvelopeCodec codec, AfPublisher publisher) {
		return AfListenerRegistry.builder(connection, codec, publisher, DeadLetterWriter.to(publisher.raw()))
			.settings(ListenerSettings.defaults("plain"))
			.build();
	}

	@Bean
	Shouter shouter() {
		return new Shouter();
	}

}
