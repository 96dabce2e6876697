package io.agentflow.messaging.autoconfigure;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.ConnectionSettings;
import io.agentflow.messaging.deadletter.DeadLetterWriter;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.listener.ListenerDefinitionException;
import io.agentflow.messaging.listener.ListenerSettings;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.stream.StreamProvisioner;
import io.agentflow.messaging.stream.StreamTopology;
import io.agentflow.messaging.test.server.NatsServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application on two servers: the auto-configured bus, and one of its own beside it.
 */
class SeveralBusesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AfMessagingAutoConfiguration.class))
		.withPropertyValues("spring.application.name=two-buses");

	@Test
	void publishesAndListensOnEach() {
		try (NatsServer first = NatsServer.start(); NatsServer second = NatsServer.start()) {
			this.runner.withPropertyValues("af.bus.url=" + first.url(), "archive.url=" + second.url())
				.withUserConfiguration(ArchiveBus.class)
				.withBean(Handlers.class)
				.run((context) -> {
					assertThat(context).hasNotFailed();
					publisher(context, "afPublisher").publish("agents.a.in",
							AfMessage.event("test", "a").payload("to the first").build());
					publisher(context, "archivePublisher").publish("agents.a.in",
							AfMessage.event("test", "a").payload("to the second").build());
					Handlers handlers = context.getBean(Handlers.class);
					assertThat(handlers.first.poll(20, TimeUnit.SECONDS)).isEqualTo("to the first");
					assertThat(handlers.second.poll(20, TimeUnit.SECONDS)).isEqualTo("to the second");
					assertThat(handlers.first).isEmpty();
					assertThat(handlers.second).isEmpty();
					assertThat(context.getBean(AfPublisher.class)).isSameAs(publisher(context, "afPublisher"));
					assertThat(context.getBean(BusConnection.class).status().server())
						.isEqualTo("127.0.0.1:" + first.port());
				});
		}
	}

	@Test
	void namesTheListenerWhoseRegistryIsNotThere() {
		try (NatsServer first = NatsServer.start()) {
			this.runner.withPropertyValues("af.bus.url=" + first.url())
				.withBean(Handlers.class)
				.run((context) -> assertThat(context).getFailure()
					.isInstanceOf(ListenerDefinitionException.class)
					.hasMessageContaining("Handlers.second")
					.hasMessageContaining("'archiveRegistry'"));
		}
	}

	private static AfPublisher publisher(ApplicationContext context, String name) {
		return context.getBean(name, AfPublisher.class);
	}

	/**
	 * The second bus. That no bean of it is a default candidate keeps the auto-configured
	 * ones in place: they neither back off nor become ambiguous.
	 */
	@Configuration(proxyBeanMethods = false)
	static class ArchiveBus {

		@Bean(defaultCandidate = false)
		@Qualifier("archive")
		BusConnection archiveConnection(Environment environment) {
			BusConnection connection = BusConnection
				.connect(ConnectionSettings.of(environment.getRequiredProperty("archive.url")));
			StreamProvisioner.of(connection).provision(StreamTopology.defaults(), ProvisioningMode.UPDATE);
			return connection;
		}

		@Bean(defaultCandidate = false)
		@Qualifier("archive")
		AfPublisher archivePublisher(@Qualifier("archive") BusConnection connection, EnvelopeCodec codec) {
			return AfPublisher.builder(connection, codec).build();
		}

		@Bean(defaultCandidate = false)
		@Qualifier("archive")
		AfListenerRegistry archiveRegistry(@Qualifier("archive") BusConnection connection,
				@Qualifier("archive") AfPublisher publisher, EnvelopeCodec codec, ListenerSettings settings) {
			return AfListenerRegistry.builder(connection, codec, publisher, DeadLetterWriter.to(publisher.raw()))
				.settings(settings)
				.build();
		}

	}

	static class Handlers {

		private final BlockingQueue<String> first = new LinkedBlockingQueue<>();

		private final BlockingQueue<String> second = new LinkedBlockingQueue<>();

		@AfListener(subject = "agents.a.in", id = "first")
		void first(String payload) {
			this.first.add(payload);
		}

		@AfListener(subject = "agents.a.in", id = "second", registry = "archiveRegistry")
		void second(String payload) {
			this.second.add(payload);
		}

	}

}
