package io.agentflow.messaging.autoconfigure;

import java.util.concurrent.atomic.AtomicInteger;

import io.nats.client.Connection;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.listener.IdempotencyStore;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@NatsTest(shared = false)
class IdempotencyTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AfMessagingAutoConfiguration.class))
		.withBean(Counting.class)
		.withPropertyValues("spring.application.name=idempotent", "af.bus.streams.messages.max-bytes=16MB");

	@Test
	void isOffUnlessAskedFor(NatsServer server) {
		this.runner.withPropertyValues("af.bus.url=" + server.url())
			.run((context) -> assertThat(context).doesNotHaveBean(IdempotencyStore.class));
	}

	@Test
	void remembersWhatWasHandledForTheNextInstance(NatsServer server) {
		ApplicationContextRunner idempotent = this.runner.withPropertyValues("af.bus.url=" + server.url(),
				"af.bus.idempotency.enabled=true", "af.bus.idempotency.bucket=SEEN",
				"af.bus.idempotency.max-bytes=16MB");
		idempotent.run((context) -> {
			for (int i = 0; i < 20; i++) {
				context.getBean(AfPublisher.class)
					.publish("agents.once.in", AfMessage.event("a", "once").payload(i).build());
			}
			AfListenerRegistry registry = context.getBean(AfListenerRegistry.class);
			await().until(() -> registry.status("once").counts().handled() == 20);
			assertThat(context.getBean(Counting.class).calls).hasValue(20);
			registry.stop("once");
			Connection connection = context.getBean(BusConnection.class).current();
			assertThat(connection.keyValue("SEEN").keys()).hasSize(20);
			connection.jetStreamManagement().deleteConsumer("AF_MESSAGES", "idempotent_once");
		});
		idempotent.run((context) -> {
			var management = context.getBean(BusConnection.class).current().jetStreamManagement();
			await().until(() -> management.getConsumerInfo("AF_MESSAGES", "idempotent_once")
				.getAckFloor()
				.getStreamSequence() == 20);
			assertThat(context.getBean(Counting.class).calls).hasValue(0);
		});
	}

	static class Counting {

		final AtomicInteger calls = new AtomicInteger();

		@AfListener(subject = "agents.once.in", id = "once")
		void handle(int number) {
			this.calls.incrementAndGet();
		}

	}

}
