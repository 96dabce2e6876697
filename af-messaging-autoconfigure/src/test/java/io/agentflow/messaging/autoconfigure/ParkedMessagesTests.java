package io.agentflow.messaging.autoconfigure;

import java.time.Duration;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.autoconfigure.metrics.AfMetricsAutoConfiguration;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.ConnectionSettings;
import io.agentflow.messaging.deadletter.DeadLetter;
import io.agentflow.messaging.deadletter.DeadLetterQuery;
import io.agentflow.messaging.deadletter.DeadLetters;
import io.agentflow.messaging.deadletter.ParkedMessages;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.stream.StreamTopology;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@NatsTest(shared = false)
class ParkedMessagesTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AfMessagingAutoConfiguration.class, AfMetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("spring.application.name=parking", "af.bus.retry.initial-delay=50ms",
				"af.bus.streams.messages.max-bytes=16MB", "af.bus.streams.advisories.max-age=1h",
				"af.bus.streams.advisories.max-bytes=1MB");

	@BeforeEach
	void point(NatsServer server) {
		this.runner = this.runner.withPropertyValues("af.bus.url=" + server.url());
	}

	@AfterEach
	void tidyUp(NatsServer server) throws Exception {
		try (BusConnection bus = BusConnection.connect(ConnectionSettings.of(server.url()))) {
			JetStreamManagement management = bus.current().jetStreamManagement();
			for (String stream : management.getStreamNames()) {
				management.deleteStream(stream);
			}
		}
	}

	@Test
	void areKeptAndCounted() {
		this.runner.withBean(Failing.class).run((context) -> {
			ParkedMessages net = context.getBean(ParkedMessages.class);
			await().atMost(SOON).until(() -> net.status().state() == ParkedMessages.State.WATCHING);
			JetStreamManagement management = context.getBean(BusConnection.class).current().jetStreamManagement();
			StreamConfiguration stream = management.getStreamInfo(StreamTopology.ADVISORIES).getConfiguration();
			assertThat(stream.getMaxAge()).isEqualTo(Duration.ofHours(1));
			assertThat(stream.getMaxBytes()).isEqualTo(1 << 20);
			ConsumerConfiguration consumer = management.getConsumerInfo("AF_MESSAGES", "parking_failing")
				.getConsumerConfiguration();
			management.addOrUpdateConsumer("AF_MESSAGES",
					ConsumerConfiguration.builder(consumer).maxDeliver(2).build());
			AfMessage<String> message = AfMessage.event("a", "b").payload("text").build();
			context.getBean(AfPublisher.class).publish("agents.failing.in", message);
			await().atMost(SOON).until(() -> net.status().kept() == 1);
			try (Stream<DeadLetter> letters = context.getBean(DeadLetters.class).find(DeadLetterQuery.all())) {
				assertThat(letters).singleElement().satisfies((letter) -> {
					assertThat(letter.reason()).isEqualTo(FailureReason.MAX_DELIVERIES);
					assertThat(letter.messageId()).isEqualTo(message.id());
					assertThat(letter.attempts()).isEqualTo(2);
				});
			}
			await().atMost(SOON)
				.untilAsserted(() -> assertThat(context.getBean(SimpleMeterRegistry.class)
					.get("agentflow.message.dead.letters")
					.tag("reason", "MAX_DELIVERIES")
					.counter()
					.count()).isEqualTo(1));
		});
	}

	@Test
	void areLeftAloneWhenSwitchedOff(NatsServer server) {
		this.runner.withPropertyValues("af.bus.parked-messages.enabled=false")
			.withBean(Failing.class)
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(ParkedMessages.class);
				assertThat(context.getBean(BusConnection.class).current().jetStreamManagement().getStreamNames())
					.doesNotContain(StreamTopology.ADVISORIES);
			});
	}

	@Test
	void neverStopAnApplicationThatMayNotWatchThem() {
		this.runner.run((context) -> assertThat(context).hasNotFailed());
		this.runner.withPropertyValues("af.bus.provisioning=validate").withBean(DeleteFirst.class).run((context) -> {
			assertThat(context).hasNotFailed();
			ParkedMessages net = context.getBean(ParkedMessages.class);
			await().atMost(SOON).until(() -> net.status().state() != ParkedMessages.State.STOPPED);
			assertThat(net.status().isHealthy()).isTrue();
		});
	}

	static class Failing {

		@AfListener(subject = "agents.failing.in", id = "failing")
		void handle(String payload) {
			throw new IllegalStateException("not today");
		}

	}

	/**
	 * Takes the stream of notices away before anything looks for it.
	 */
	static class DeleteFirst {

		DeleteFirst(BusConnection bus) throws Exception {
			JetStreamManagement management = bus.current().jetStreamManagement();
			if (management.getStreamNames().contains(StreamTopology.ADVISORIES)) {
				management.deleteStream(StreamTopology.ADVISORIES);
			}
		}

	}

}
