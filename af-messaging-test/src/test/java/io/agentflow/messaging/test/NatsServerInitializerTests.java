package io.agentflow.messaging.test;

import org.junit.jupiter.api.Test;

import org.springframework.context.support.GenericApplicationContext;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.ConnectionSettings;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.stream.StreamProvisioner;
import io.agentflow.messaging.stream.StreamTopology;

import static org.assertj.core.api.Assertions.assertThat;

class NatsServerInitializerTests {

	@Test
	void givesContextsOneServerWhereTheyDoNotMeet() {
		try (BusConnection first = connect(); BusConnection second = connect()) {
			assertThat(first.status().server()).isEqualTo(second.status().server());
			AfPublisher.builder(first, EnvelopeCodec.builder().build())
				.build()
				.publish("agents.a.in", AfMessage.event("test", "a").build());

			assertThat(published(first).find("agents.a.in")).hasSize(1);
			assertThat(published(second).find("agents.a.in")).isEmpty();
		}
	}

	private static BusConnection connect() {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			new NatsServerInitializer().initialize(context);
			BusConnection connection = BusConnection
				.connect(ConnectionSettings.of(context.getEnvironment().getRequiredProperty("af.bus.url")));
			StreamProvisioner.of(connection).provision(StreamTopology.defaults(), ProvisioningMode.CREATE);
			return connection;
		}
	}

	private static PublishedMessages published(BusConnection connection) {
		return PublishedMessages.of(connection, EnvelopeCodec.builder().build(), StreamTopology.defaults());
	}

}
