package io.agentflow.messaging.autoconfigure;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.event.EventListener;

import io.agentflow.messaging.autoconfigure.AfBusConnectionEvent.Type;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

@NatsTest(shared = false)
class BusEventPublisherTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AfMessagingAutoConfiguration.class))
		.withUserConfiguration(Application.class)
		.withPropertyValues("spring.application.name=events", "af.bus.provisioning=none", "af.bus.reconnect-wait=50ms");

	@Test
	void tellsOfTheConnectionOnceEverythingIsThere(NatsServer server) {
		this.runner.withPropertyValues("af.bus.url=" + server.url()).run((context) -> {
			assertThat(context.getBean(SlowBean.class).early()).as("an event before all beans were made").isNull();
			Events events = context.getBean(Events.class);
			assertThat(events.next()).isEqualTo(Type.CONNECTED);
			server.kill();
			assertThat(events.next()).isEqualTo(Type.DISCONNECTED);
			server.restart();
			assertThat(events.next()).isEqualTo(Type.RECONNECTED);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Events events() {
			return new Events();
		}

		@Bean
		@DependsOn("afBusEventPublisher")
		SlowBean slowBean(BusConnection connection, Events events) throws InterruptedException {
			assertThat(connection.status().isConnected()).isTrue();
			return new SlowBean(events.types.poll(500, TimeUnit.MILLISECONDS));
		}

	}

	record SlowBean(Type early) {
	}

	static class Events {

		private final BlockingQueue<Type> types = new LinkedBlockingQueue<>();

		@EventListener
		void onEvent(AfBusConnectionEvent event) {
			this.types.add(event.type());
		}

		Type next() throws InterruptedException {
			return this.types.poll(20, TimeUnit.SECONDS);
		}

	}

}
