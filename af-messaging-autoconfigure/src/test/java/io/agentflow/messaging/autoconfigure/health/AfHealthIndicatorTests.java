package io.agentflow.messaging.autoconfigure.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;
import io.agentflow.messaging.autoconfigure.AfStreams;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.failure.PermanentFailureException;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

@NatsTest(shared = false)
class AfHealthIndicatorTests {

	private ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(AfMessagingAutoConfiguration.class, AfHealthContributorAutoConfiguration.class))
		.withPropertyValues("spring.application.name=health", "af.bus.reconnect-wait=100ms",
				"af.bus.max-reconnect-wait=200ms", "af.bus.listener.sample-interval=200ms");

	@BeforeEach
	void point(NatsServer server) {
		this.runner = this.runner.withPropertyValues("af.bus.url=" + server.url());
	}

	@Test
	void tellsOfConnectionStreamsPublisherAndListeners() {
		this.runner.withUserConfiguration(Handler.class).run((context) -> {
			Health health = await(context, Status.UP);
			assertThat(detail(health, "connection")).containsEntry("state", "CONNECTED").containsKey("serverVersion");
			assertThat(detail(health, "connection").get("server").toString()).matches("127\\.0\\.0\\.1:\\d+");
			assertThat(detail(health, "streams")).containsKeys("AF_MESSAGES", "AF_TOOLS", "AF_SYSTEM",
					"AF_DEAD_LETTERS");
			assertThat(detail(health, "publisher")).containsEntry("stalled", false);
			assertThat(detail(health, "listeners")).containsKey("echo");
			assertThat(detail(health, "parkedMessages")).containsKey("state").containsEntry("waiting", 0);
		});
	}

	@Test
	void turnsDownWithTheServerAndUpAgain(NatsServer server) {
		this.runner.withUserConfiguration(Handler.class).run((context) -> {
			await(context, Status.UP);
			server.kill();
			Health down = await(context, Status.DOWN);
			assertThat(down.getDetails().get("problems").toString()).contains("The connection is RECONNECTING");
			server.restart();
			await(context, Status.UP);
		});
	}

	@Test
	void isDownWithoutAServerAndUpOnceItComes(NatsServer server) {
		server.kill();
		this.runner.withPropertyValues("af.bus.startup=background")
			.withUserConfiguration(Handler.class)
			.run((context) -> {
				Health down = await(context, Status.DOWN);
				assertThat(down.getDetails().get("problems").toString()).contains("CONNECTING", "Streams:");
				server.restart();
				await(context, Status.UP);
				assertThat(context.getBean(AfStreams.class).results()).hasSize(4);
			});
	}

	@Test
	void turnsDownWhileTooMuchWaits() {
		this.runner.withPropertyValues("af.bus.health.max-lag=2")
			.withUserConfiguration(SlowHandler.class)
			.run((context) -> {
				await(context, Status.UP);
				for (int i = 0; i < 8; i++) {
					context.getBean(AfPublisher.class)
						.publish(Subjects.agentIn("slow"), AfMessage.event("a", "b").build());
				}
				Health down = await(context, Status.DOWN);
				assertThat(down.getDetails().get("problems").toString()).contains("Listener slow has",
						"messages waiting, more than 2");
				context.getBean(SlowHandler.class).goOn.countDown();
				await(context, Status.UP);
			});
	}

	@Test
	void turnsDownWhenAConsumerIsDeletedUntilItIsBack() {
		this.runner.withUserConfiguration(Handler.class).run((context) -> {
			await(context, Status.UP);
			context.getBean(BusConnection.class)
				.current()
				.jetStreamManagement()
				.deleteConsumer("AF_MESSAGES", "health_echo");
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(context.getBean(BusConnection.class)
					.current()
					.jetStreamManagement()
					.getConsumerNames("AF_MESSAGES")).contains("health_echo"));
			await(context, Status.UP);
		});
	}

	@Test
	void staysDownWithoutAConsumerThatItMayNotMake() {
		this.runner.withUserConfiguration(Handler.class).run((context) -> await(context, Status.UP));
		this.runner.withPropertyValues("af.bus.provisioning=none")
			.withUserConfiguration(Handler.class)
			.run((context) -> {
				await(context, Status.UP);
				JetStreamManagement management = context.getBean(BusConnection.class).current().jetStreamManagement();
				ConsumerConfiguration consumer = management.getConsumerInfo("AF_MESSAGES", "health_echo")
					.getConsumerConfiguration();
				management.deleteConsumer("AF_MESSAGES", "health_echo");
				Health down = await(context, Status.DOWN);
				assertThat(down.getDetails().get("problems").toString()).contains("Listener echo is RECOVERING");
				assertThat(detail(down, "listeners").get("echo").toString()).contains("lastError");
				management.addOrUpdateConsumer("AF_MESSAGES", consumer);
				await(context, Status.UP);
			});
	}

	@Test
	void turnsDownWhileAListenerCannotKeepItsDeadLetters() {
		this.runner.withUserConfiguration(FailingHandler.class).run((context) -> {
			await(context, Status.UP);
			JetStreamManagement management = context.getBean(BusConnection.class).current().jetStreamManagement();
			StreamConfiguration deadLetters = management.getStreamInfo("AF_DEAD_LETTERS").getConfiguration();
			management.deleteStream("AF_DEAD_LETTERS");
			context.getBean(AfPublisher.class).publish(Subjects.agentIn("failing"), AfMessage.event("a", "b").build());
			Health down = await(context, Status.DOWN);
			assertThat(down.getDetails().get("problems").toString()).contains("Listener failing is STALLED");
			management.addStream(deadLetters);
			await(context, Status.UP);
			assertThat(management.getStreamInfo("AF_DEAD_LETTERS").getStreamState().getMsgCount()).isEqualTo(1);
		});
	}

	@Test
	void staysAwayWhenSwitchedOff() {
		this.runner.withPropertyValues("management.health.af.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("afHealthIndicator"));
	}

	@Test
	void staysAwayWithoutHealth() {
		this.runner.withClassLoader(new FilteredClassLoader(AbstractHealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("afHealthIndicator"));
	}

	@Test
	void backsOff() {
		this.runner.withBean("afHealthIndicator", HealthIndicator.class, () -> () -> Health.outOfService().build())
			.run((context) -> assertThat(context.getBean(HealthIndicator.class).health().getStatus())
				.isEqualTo(Status.OUT_OF_SERVICE));
	}

	private static Health await(ApplicationContext context, Status status) {
		HealthIndicator indicator = context.getBean(HealthIndicator.class);
		return Awaitility.await("health " + status)
			.atMost(Duration.ofSeconds(20))
			.until(indicator::health, (health) -> health.getStatus().equals(status));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> detail(Health health, String name) {
		return (Map<String, Object>) health.getDetails().get(name);
	}

	static class Handler {

		@AfListener(id = "echo", subject = "agents.health.in")
		void on(AfMessage<Object> message) {
		}

	}

	static class FailingHandler {

		@AfListener(id = "failing", subject = "agents.failing.in")
		void on(AfMessage<Object> message) {
			throw new PermanentFailureException("always");
		}

	}

	static class SlowHandler {

		private final CountDownLatch goOn = new CountDownLatch(1);

		@AfListener(id = "slow", subject = "agents.slow.in", maxInFlight = "2")
		void on(AfMessage<Object> message) throws InterruptedException {
			this.goOn.await();
		}

	}

}
