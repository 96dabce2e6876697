package io.agentflow.messaging.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.Ordered;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.autoconfigure.AfBusConnectionEvent.Type;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.codec.PayloadMapper;
import io.agentflow.messaging.codec.PayloadSchemas;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.ConnectionSettings;
import io.agentflow.messaging.deadletter.DeadLetterWriter;
import io.agentflow.messaging.deadletter.DeadLetters;
import io.agentflow.messaging.failure.FailurePolicy;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.listener.IdempotencyStore;
import io.agentflow.messaging.listener.ListenerCustomizer;
import io.agentflow.messaging.listener.ListenerSettings;
import io.agentflow.messaging.listener.ListenerSpec;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.replay.AfReplay;
import io.agentflow.messaging.replay.ReplayRequest;
import io.agentflow.messaging.stream.StreamProvisioner;
import io.agentflow.messaging.stream.StreamTopology;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application may put in place of the auto-configuration's beans, and what it may
 * hang on to them.
 */
@NatsTest(shared = false)
class BackingOffTests {

	private ApplicationContextRunner runner;

	@BeforeEach
	void point(NatsServer server) {
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AfMessagingAutoConfiguration.class))
			.withPropertyValues("spring.application.name=tests", "af.bus.idempotency.enabled=true",
					"af.bus.url=" + server.url());
	}

	@Test
	void givesWayForEveryBeanOfATypeThatIsPublic(NatsServer server) {
		try (BusConnection bus = BusConnection.connect(ConnectionSettings.of(server.url()))) {
			EnvelopeCodec codec = EnvelopeCodec.builder().build();
			AfPublisher publisher = AfPublisher.builder(bus, codec).build();
			Map<Class<?>, Object> own = Map.ofEntries(Map.entry(BusConnection.class, bus),
					Map.entry(AfBusConnectionDetails.class, (AfBusConnectionDetails) () -> List.of(server.url())),
					Map.entry(StreamTopology.class, StreamTopology.defaults()),
					Map.entry(StreamProvisioner.class, StreamProvisioner.of(bus)),
					Map.entry(PayloadMapper.class, PayloadMapper.jackson3()),
					Map.entry(PayloadSchemas.class, PayloadSchemas.load(getClass().getClassLoader())),
					Map.entry(EnvelopeCodec.class, codec), Map.entry(AfPublisher.class, publisher),
					Map.entry(FailurePolicy.class, FailurePolicy.backoff()),
					Map.entry(DeadLetterWriter.class, DeadLetterWriter.to(publisher.raw())),
					Map.entry(DeadLetters.class, DeadLetters.create(bus, publisher.raw())),
					Map.entry(AfReplay.class, AfReplay.create(bus, codec, StreamTopology.defaults())),
					Map.entry(IdempotencyStore.class,
							IdempotencyStore.keyValue(bus,
									new IdempotencyStore.KeyValueSettings("own", Duration.ofHours(1), 1 << 20, 1))),
					Map.entry(ListenerSettings.class, ListenerSettings.defaults("own")),
					Map.entry(AfListenerRegistry.class,
							AfListenerRegistry.builder(bus, codec, publisher, DeadLetterWriter.to(publisher.raw()))
								.build()));
			own.forEach((type, bean) -> with(this.runner, type, bean).run((context) -> {
				assertThat(context).as(type.getName()).hasNotFailed();
				assertThat(context.getBeansOfType(type)).as(type.getName()).containsOnlyKeys("own");
			}));
		}
	}

	@SuppressWarnings("unchecked")
	private static <T> ApplicationContextRunner with(ApplicationContextRunner runner, Class<?> type, Object bean) {
		return runner.withBean("own", (Class<T>) type, (Supplier<T>) () -> (T) bean, (definition) -> {
			if (definition instanceof AbstractBeanDefinition own) {
				own.setDestroyMethodName("");
			}
		});
	}

	@Test
	void callsListenerCustomizersInTheirOrder() {
		this.runner.withBean(Handler.class)
			.withBean("b", ListenerCustomizer.class,
					() -> (spec) -> spec.toBuilder().durable("by-" + spec.concurrency()).build())
			.withBean("a", ListenerCustomizer.class, Concurrency::new)
			.run((context) -> {
				assertThat(context.getBean(AfListenerRegistry.class).status("handler").durable()).isEqualTo("by-7");
				context.getBean(AfPublisher.class)
					.publish("agents.customized.in", AfMessage.event("test", "customized").payload("hello").build());
				assertThat(context.getBean(Handler.class).payloads.poll(20, TimeUnit.SECONDS)).isEqualTo("hello");
			});
	}

	@Test
	void tellsOfTheConnectionByApplicationEvents(NatsServer server) {
		Events events = new Events();
		this.runner.withPropertyValues("af.bus.reconnect-wait=50ms")
			.withBean(Events.class, () -> events)
			.run((context) -> {
				server.restart();
				Awaitility.await()
					.atMost(Duration.ofSeconds(20))
					.untilAsserted(() -> assertThat(events.seen).extracting(AfBusConnectionEvent::type)
						.containsSubsequence(Type.DISCONNECTED, Type.RECONNECTED));
				assertThat(events.seen).filteredOn((event) -> event.type() == Type.RECONNECTED)
					.allSatisfy((event) -> assertThat(event.status().isConnected()).isTrue());
			});
	}

	@Test
	void readsAndWritesPayloadsByTheJackson2MapperOfTheApplication() {
		this.runner.withPropertyValues("af.message.payload-mapper=jackson2")
			.withBean(ObjectMapper.class, () -> new ObjectMapper().findAndRegisterModules())
			.run((context) -> {
				EnvelopeCodec codec = context.getBean(EnvelopeCodec.class);
				byte[] bytes = codec.encode(AfMessage.event("a", "b").payload(new Renamed("x")).build()).bytes();
				assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("\"the_name\":\"x\"");
				assertThat(codec.decode(bytes).message().payload().get("the_name").stringValue()).isEqualTo("x");
			});
	}

	@Test
	void replaysByTheBean() {
		this.runner.run((context) -> {
			context.getBean(AfPublisher.class)
				.publish("workflows.replayed.in",
						AfMessage.event("test", "a").workflowId("replayed").payload("again").build());
			try (var history = context.getBean(AfReplay.class).stream(ReplayRequest.forWorkflow("replayed"))) {
				assertThat(history).hasSize(1);
			}
		});
	}

	record Renamed(@JsonProperty("the_name") String name) {

	}

	private static final class Concurrency implements ListenerCustomizer, Ordered {

		@Override
		public ListenerSpec customize(ListenerSpec spec) {
			return spec.toBuilder().concurrency(7).build();
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

	static class Handler {

		private final BlockingQueue<String> payloads = new LinkedBlockingQueue<>();

		@AfListener(subject = "agents.customized.in", id = "handler")
		void handle(String payload) {
			this.payloads.add(payload);
		}

	}

	static class Events implements ApplicationListener<PayloadApplicationEvent<AfBusConnectionEvent>> {

		private final BlockingQueue<AfBusConnectionEvent> seen = new LinkedBlockingQueue<>();

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<AfBusConnectionEvent> event) {
			this.seen.add(event.getPayload());
		}

	}

}
