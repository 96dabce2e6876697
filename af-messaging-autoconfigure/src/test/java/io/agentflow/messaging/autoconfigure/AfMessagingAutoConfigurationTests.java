package io.agentflow.messaging.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import io.nats.client.Connection;
import io.nats.client.api.StreamInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.ParameterizedTypeReference;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.codec.CanonicalForm;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.codec.PayloadMapper;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.ConnectionSettings;
import io.agentflow.messaging.connection.NotConnectedException;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.stream.StreamProvisioner;
import io.agentflow.messaging.stream.StreamProvisioningException;
import io.agentflow.messaging.stream.StreamSpec;
import io.agentflow.messaging.stream.StreamTopology;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

@NatsTest
class AfMessagingAutoConfigurationTests {

	private ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AfMessagingAutoConfiguration.class))
		.withPropertyValues("spring.application.name=tests", "af.bus.max-reconnect=0", "af.bus.connect-timeout=1s");

	@BeforeEach
	void point(NatsServer server) {
		this.runner = this.runner.withPropertyValues("af.bus.url=" + server.url());
	}

	@Test
	void createsTheStreamsOfTheContract() {
		this.runner.run((context) -> {
			Map<String, StreamInfo> streams = context.getBean(BusConnection.class)
				.current()
				.jetStreamManagement()
				.getStreams()
				.stream()
				.collect(Collectors.toMap((stream) -> stream.getConfiguration().getName(), (stream) -> stream));
			assertThat(streams).containsKeys("AF_MESSAGES", "AF_TOOLS", "AF_SYSTEM", "AF_DEAD_LETTERS");
			assertThat(streams.get("AF_MESSAGES").getConfiguration().getSubjects()).contains("workflows.*.*",
					"agents.*.*");
			assertThat(streams.get("AF_MESSAGES").getConfiguration().getMaxAge()).isEqualTo(Duration.ofDays(7));
			assertThat(context.getBean(AfStreams.class).failure()).isNull();
			assertThat(context.getBean(AfStreams.class).results()).hasSize(4);
		});
	}

	@Test
	void isNamedAfterTheApplication() {
		this.runner.run((context) -> assertThat(name(context.getBean(BusConnection.class))).isEqualTo("tests"));
		this.runner.withPropertyValues("af.bus.name=other")
			.run((context) -> assertThat(name(context.getBean(BusConnection.class))).isEqualTo("other"));
	}

	@Test
	void closesTheConnectionWithTheContext() {
		BusConnection[] connection = new BusConnection[1];
		this.runner.run((context) -> connection[0] = context.getBean(BusConnection.class));
		assertThat(connection[0].status().isConnected()).isFalse();
	}

	@Test
	void staysAwayWhenSwitchedOff() {
		this.runner.withPropertyValues("af.bus.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(BusConnection.class));
	}

	@Test
	void staysAwayWithoutTheClient() {
		this.runner.withClassLoader(new FilteredClassLoader(Connection.class))
			.run((context) -> assertThat(context).doesNotHaveBean(AfMessagingAutoConfiguration.class));
	}

	@Test
	void callsCustomizers() {
		this.runner.withBean("settings", AfBusCustomizer.class, () -> (settings) -> settings.withName("by-customizer"))
			.withBean("options", NatsOptionsCustomizer.class, () -> (options) -> options.bufferSize(12_345))
			.run((context) -> {
				Connection connection = context.getBean(BusConnection.class).current();
				assertThat(connection.getOptions().getConnectionName()).isEqualTo("by-customizer");
				assertThat(connection.getOptions().getBufferSize()).isEqualTo(12_345);
			});
	}

	@Test
	void refusesSeveralCredentials() {
		this.runner.withPropertyValues("af.bus.token=x", "af.bus.user=u", "af.bus.password=p")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(MutuallyExclusiveConfigurationPropertiesException.class)
				.hasMessageContaining("af.bus.token")
				.hasMessageContaining("af.bus.user")
				.hasMessageNotContaining("=x"));
	}

	@Test
	void failsWithoutAServer() {
		this.runner.withPropertyValues("af.bus.url=nats://user:secret@127.0.0.1:1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.satisfies((failure) -> assertThat(context.getStartupFailure())
					.hasStackTraceContaining(NotConnectedException.class.getName()))
				.satisfies((failure) -> assertThat(context.getStartupFailure().toString()).contains("127.0.0.1:1")
					.doesNotContain("secret")));
	}

	@Test
	void startsWithoutAServerInTheBackground() {
		this.runner.withPropertyValues("af.bus.url=nats://127.0.0.1:1", "af.bus.startup=background").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(BusConnection.class).status().isConnected()).isFalse();
			assertThat(context.getBean(AfStreams.class).failure()).contains("no connection");
		});
	}

	@Test
	void failsWithThePropertyOfAStreamThatCannotBe() {
		this.runner.withPropertyValues("af.bus.streams.tools.replicas=3")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.satisfies((failure) -> assertThat(context.getStartupFailure())
					.hasStackTraceContaining(StreamProvisioningException.class.getName())
					.hasStackTraceContaining("af.bus.streams.tools.replicas")));
	}

	@Test
	void appliesTheSettingsOfStreams() {
		this.runner
			.withPropertyValues("af.bus.provisioning=none", "af.bus.streams.messages.max-age=3d",
					"af.bus.streams.dead-letters.max-bytes=2GB", "af.bus.streams.additional[0].name=ORDERS",
					"af.bus.streams.additional[0].subjects=orders.*")
			.run((context) -> {
				StreamTopology topology = context.getBean(StreamTopology.class);
				assertThat(topology.streams()).extracting(StreamSpec::name).endsWith("ORDERS").hasSize(5);
				assertThat(topology.streams().get(0).maxAge()).isEqualTo(Duration.ofDays(3));
				assertThat(topology.streams().get(3).maxBytes()).isEqualTo(2L << 30);
				assertThat(topology.streamFor("orders.new").group()).isEqualTo("additional[0]");
			});
	}

	@Test
	void namesTheAdditionalStreamThatIsIncomplete() {
		this.runner.withPropertyValues("af.bus.streams.additional[0].name=ORDERS")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("af.bus.streams.additional[0].subjects"));
	}

	@Test
	void writesTheCanonicalFormAsked() {
		this.runner.withPropertyValues("af.message.canonical-form=agentflow-go")
			.run((context) -> assertThat(context.getBean(EnvelopeCodec.class).canonicalForm())
				.isEqualTo(CanonicalForm.AGENTFLOW_GO));
	}

	@Test
	void waitsForResponsesAsLongAsAsked() {
		this.runner.withPropertyValues("af.bus.request-timeout=200ms")
			.run((context) -> assertThat(context.getBean(AfPublisher.class)
				.request(Subjects.agentIn("nobody"), AfMessage.request("a", "nobody").build(),
						new ParameterizedTypeReference<String>() {
						}))
				.failsWithin(Duration.ofSeconds(5))
				.withThrowableThat()
				.withCauseInstanceOf(TimeoutException.class));
	}

	@Nested
	class BacksOff {

		@Test
		void forConnectionDetails(NatsServer server) {
			AfBusConnectionDetails details = () -> List.of(server.url());
			AfMessagingAutoConfigurationTests.this.runner.withPropertyValues("af.bus.url=nats://127.0.0.1:1")
				.withBean(AfBusConnectionDetails.class, () -> details)
				.run((context) -> {
					assertThat(context).hasSingleBean(AfBusConnectionDetails.class);
					assertThat(context.getBean(BusConnection.class).status().isConnected()).isTrue();
				});
		}

		@Test
		void forAConnection(NatsServer server) {
			AfMessagingAutoConfigurationTests.this.runner
				.withBean("own", BusConnection.class,
						() -> BusConnection.connect(ConnectionSettings.of(server.url()).withName("own")))
				.run((context) -> {
					assertThat(context).hasSingleBean(BusConnection.class);
					assertThat(name(context.getBean(BusConnection.class))).isEqualTo("own");
				});
		}

		@Test
		void forTopologyMapperAndCodec() {
			StreamTopology topology = new StreamTopology(
					List.of(StreamSpec.of("ONLY", "only.*").withStorage(StreamSpec.Storage.MEMORY)));
			PayloadMapper mapper = PayloadMapper.jackson3(JsonMapper.builder().build());
			EnvelopeCodec codec = EnvelopeCodec.builder().build();
			AfMessagingAutoConfigurationTests.this.runner.withBean(StreamTopology.class, () -> topology)
				.withBean(PayloadMapper.class, () -> mapper)
				.withBean(EnvelopeCodec.class, () -> codec)
				.run((context) -> {
					assertThat(context.getBean(AfStreams.class).topology()).isSameAs(topology);
					assertThat(context.getBean(PayloadMapper.class)).isSameAs(mapper);
					assertThat(context.getBean(EnvelopeCodec.class)).isSameAs(codec);
				});
		}

		@Test
		void forAProvisioner() {
			AfMessagingAutoConfigurationTests.this.runner
				.withBean(StreamProvisioner.class, () -> (topology, mode) -> List.of())
				.run((context) -> assertThat(context.getBean(AfStreams.class).results()).isEmpty());
		}

	}

	private static String name(BusConnection connection) {
		return connection.current().getOptions().getConnectionName();
	}

}
