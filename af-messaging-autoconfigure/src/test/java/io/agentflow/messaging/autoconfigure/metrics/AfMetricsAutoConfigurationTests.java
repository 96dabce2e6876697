package io.agentflow.messaging.autoconfigure.metrics;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Cost;
import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.publish.PublishRejectedException;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@NatsTest(shared = false)
class AfMetricsAutoConfigurationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AfMessagingAutoConfiguration.class, AfMetricsAutoConfiguration.class,
				ObservationAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withUserConfiguration(MeterConfiguration.class)
		.withPropertyValues("spring.application.name=metrics", "af.bus.listener.sample-interval=200ms");

	@BeforeEach
	void point(NatsServer server) {
		this.runner = this.runner.withPropertyValues("af.bus.url=" + server.url());
	}

	@Test
	void countsWhatIsSentHandledAndRefused() {
		this.runner.withUserConfiguration(Handler.class).run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			AfPublisher publisher = context.getBean(AfPublisher.class);
			for (int i = 0; i < 20; i++) {
				publisher.publish("agents.a" + i + ".in",
						AfMessage.event("a", "b").cost(Cost.of(5, 0.25)).payload(i).build());
			}
			forge(context.getBean(BusConnection.class).current());
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(meters.get("messaging.client.consumed.messages").counter().count())
					.isEqualTo(20));
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(
						() -> assertThat(meters.get("agentflow.message.hash.failures").counter().count()).isEqualTo(1));
			assertThat(meters.get("messaging.client.sent.messages")
				.tag("messaging.destination.template", "agents.*.in")
				.counter()
				.count()).isEqualTo(20);
			assertThat(meters.get("agentflow.message.cost.tokens").counter().count()).isEqualTo(100);
			assertThat(meters.get("agentflow.message.cost.dollars").counter().count()).isEqualTo(5);
			assertThat(meters.get("agentflow.message.dead.letters").tag("reason", "HASH").counter().count())
				.isEqualTo(1);
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(meters.get("agentflow.message.latency").timer().count()).isEqualTo(20));
			assertThat(meters.get("agentflow.message.latency").timer().max(TimeUnit.SECONDS)).isBetween(0.0, 60.0);
			assertThat(meters.find("messaging.client.operation.duration").timer()).isNotNull();
			assertThat(meters.find("messaging.process.duration").timer()).isNotNull();
		});
	}

	@Test
	void hasTheSameTimersWhereNoSpansAreRecorded() {
		Set<List<Tag>> observed = timersOf("af.observation.always=true");
		assertThat(timersOf("af.tracing.enabled=false")).isEqualTo(observed).hasSize(3);
	}

	private Set<List<Tag>> timersOf(String property) {
		Set<List<Tag>> timers = new HashSet<>();
		this.runner.withUserConfiguration(Handler.class).withPropertyValues(property).run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			AfPublisher publisher = context.getBean(AfPublisher.class);
			publisher.publish("agents.same.in", AfMessage.event("a", "b").build());
			assertThatExceptionOfType(PublishRejectedException.class)
				.isThrownBy(() -> publisher.publish("elsewhere.x", AfMessage.event("a", "b").build()));
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(meters.find("messaging.process.duration").timers()).hasSize(1));
			assertThat(meters.get("messaging.client.sent.messages").tag("error", "none").counter().count()).isOne();
			for (String name : List.of("messaging.client.operation.duration", "messaging.process.duration")) {
				meters.find(name).timers().forEach((timer) -> timers.add(timer.getId().getTags()));
			}
		});
		return timers;
	}

	@Test
	void countsWithoutAnObservationRegistry(NatsServer server) {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(AfMessagingAutoConfiguration.class, AfMetricsAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("af.bus.url=" + server.url())
			.run((context) -> {
				context.getBean(AfPublisher.class).publish("agents.same.in", AfMessage.event("a", "b").build());
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.get("messaging.client.sent.messages").counter().count()).isOne();
				assertThat(meters.get("messaging.client.operation.duration").timer().count()).isOne();
			});
	}

	@Test
	void samplesLagAndPendingAcknowledgements() {
		this.runner.withUserConfiguration(Handler.class).run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			for (String gauge : new String[] { "agentflow.listener.lag", "agentflow.listener.ack.pending" }) {
				Awaitility.await()
					.atMost(PATIENCE)
					.untilAsserted(
							() -> assertThat(meters.get(gauge).tag("agentflow.listener.id", "counted").gauge().value())
								.isZero());
			}
		});
	}

	@Test
	void bindsCountsOfReservedLogFields() {
		this.runner.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(meters));
			assertThat(meters.get("af.logging.reserved.overrides").tag("field", "message_id").functionCounter().count())
				.isGreaterThanOrEqualTo(0);
			assertThat(meters.find("af.logging.reserved.overrides").functionCounters()).hasSizeGreaterThan(10);
		});
	}

	@Test
	void staysAwayWithoutARegistry(NatsServer server) {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(AfMessagingAutoConfiguration.class, AfMetricsAutoConfiguration.class))
			.withPropertyValues("af.bus.url=" + server.url())
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MessageMetrics.class));
	}

	private static void forge(Connection connection) throws Exception {
		connection.jetStream()
			.publish("agents.a1.in",
					("{\"id\":\"01JDAAAAAAAAAAAAAAAAAAAAAA\",\"from\":\"a\",\"to\":\"b\",\"type\":"
							+ "\"event\",\"payload\":1,\"ts\":\"2026-01-01T00:00:00Z\",\"envelope_hash\":\""
							+ "0".repeat(64) + "\"}")
						.getBytes());
	}

	static class Handler {

		@AfListener(id = "counted", subject = "agents.*.in")
		void on(AfMessage<Object> message) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MeterConfiguration {

		@Bean
		DefaultMeterObservationHandler meterObservationHandler(MeterRegistry registry) {
			return new DefaultMeterObservationHandler(registry);
		}

	}

}
