package io.agentflow.messaging.autoconfigure;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

import io.agentflow.messaging.connection.StartupPolicy;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.stream.StreamSpec;

import static org.assertj.core.api.Assertions.assertThat;

class AfBusPropertiesTests {

	@Test
	void hasTheDefaultsOfTheContract() {
		AfBusProperties properties = bind(new MapPropertySource("none", Map.of()));
		assertThat(properties.getUrl()).containsExactly("nats://localhost:4222");
		assertThat(properties.getMaxReconnect()).isEqualTo(10);
		assertThat(properties.getReconnectWait()).isEqualTo(Duration.ofSeconds(2));
		assertThat(properties.getMaxReconnectWait()).isEqualTo(Duration.ofSeconds(30));
		assertThat(properties.getConnectTimeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(properties.getRequestTimeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(properties.getAckWait()).isEqualTo(Duration.ofSeconds(30));
		assertThat(properties.getMaxInFlight()).isEqualTo(1000);
		assertThat(properties.getShutdownTimeout()).isEqualTo(Duration.ofSeconds(25));
		assertThat(properties.getPublish().getDeadline()).isEqualTo(Duration.ofSeconds(30));
		assertThat(properties.getProvisioning()).isEqualTo(ProvisioningMode.UPDATE);
		assertThat(properties.getStartup()).isEqualTo(StartupPolicy.FAIL);
	}

	@Test
	void takesEveryNameOfTheEnvironment() {
		AfBusProperties properties = bind(environment(Map.of("AF_BUS_URL", "nats://a:4222,nats://b:4222",
				"AF_BUS_MAX_RECONNECT", "7", "AF_BUS_RECONNECT_WAIT", "3s", "AF_BUS_ACK_WAIT", "45s",
				"AF_BUS_MAX_IN_FLIGHT", "50", "AF_BUS_CONNECT_TIMEOUT", "1500ms", "AF_BUS_REQUEST_TIMEOUT", "20s")));
		assertThat(properties.getUrl()).containsExactly("nats://a:4222", "nats://b:4222");
		assertThat(properties.getMaxReconnect()).isEqualTo(7);
		assertThat(properties.getReconnectWait()).isEqualTo(Duration.ofSeconds(3));
		assertThat(properties.getAckWait()).isEqualTo(Duration.ofSeconds(45));
		assertThat(properties.getMaxInFlight()).isEqualTo(50);
		assertThat(properties.getConnectTimeout()).isEqualTo(Duration.ofMillis(1500));
		assertThat(properties.getRequestTimeout()).isEqualTo(Duration.ofSeconds(20));
	}

	@Test
	void reachesEveryStreamFromTheEnvironment() {
		AfBusProperties.Streams streams = bind(environment(Map.of("AF_BUS_STREAMS_MESSAGES_REPLICAS", "3",
				"AF_BUS_STREAMS_DEAD_LETTERS_MAX_AGE", "90d", "AF_BUS_STREAMS_TOOLS_MAX_BYTES", "2GB",
				"AF_BUS_STREAMS_SYSTEM_STORAGE", "memory", "AF_BUS_STREAMS_ADDITIONAL_0_NAME", "ORDERS",
				"AF_BUS_STREAMS_ADDITIONAL_0_SUBJECTS", "orders.*,refunds.*")))
			.getStreams();
		assertThat(streams.getMessages().getReplicas()).isEqualTo(3);
		assertThat(streams.getMessages().getMaxAge()).isNull();
		assertThat(streams.getDeadLetters().getMaxAge()).isEqualTo(Duration.ofDays(90));
		assertThat(streams.getTools().getMaxBytes()).isEqualTo(DataSize.ofGigabytes(2));
		assertThat(streams.getSystem().getStorage()).isEqualTo(StreamSpec.Storage.MEMORY);
		assertThat(streams.getAdditional()).singleElement()
			.satisfies((stream) -> assertThat(stream.getName()).isEqualTo("ORDERS"))
			.satisfies((stream) -> assertThat(stream.getSubjects()).containsExactly("orders.*", "refunds.*"));
	}

	private static AfBusProperties bind(MapPropertySource source) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().forEach((each) -> environment.getPropertySources().remove(each.getName()));
		environment.getPropertySources().addFirst(source);
		ConfigurationPropertySources.attach(environment);
		return Binder.get(environment).bindOrCreate("af.bus", AfBusProperties.class);
	}

	private static MapPropertySource environment(Map<String, Object> variables) {
		return new SystemEnvironmentPropertySource("test-systemEnvironment", variables);
	}

}
