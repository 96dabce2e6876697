package io.agentflow.messaging.autoconfigure.docker.compose;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.DockerComposeFile;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;

import io.agentflow.messaging.autoconfigure.docker.compose.NatsDockerComposeConnectionDetailsFactory.Details;

import static org.assertj.core.api.Assertions.assertThat;

class NatsDockerComposeConnectionDetailsFactoryTests {

	@Test
	void takesHostAndMappedPort() {
		Details details = new Details(new Service(Map.of()));
		assertThat(details.getUrls()).containsExactly("nats://127.0.0.1:32768");
		assertThat(details.getCredentials()).hasToString("none");
	}

	@Test
	void takesCredentialsFromTheEnvironment() {
		assertThat(new Details(new Service(Map.of("NATS_USER", "u", "NATS_PASSWORD", "p"))).getCredentials())
			.hasToString("user and password");
		assertThat(new Details(new Service(Map.of("NATS_TOKEN", "t"))).getCredentials()).hasToString("token");
	}

	/** What Spring Boot reads out of the engine. */
	private record Service(Map<String, String> env) implements RunningService {

		@Override
		public String name() {
			return "nats";
		}

		@Override
		public ImageReference image() {
			return ImageReference.of("nats:2.15");
		}

		@Override
		public String host() {
			return "127.0.0.1";
		}

		@Override
		public ConnectionPorts ports() {
			return new ConnectionPorts() {

				@Override
				public int get(int containerPort) {
					assertThat(containerPort).isEqualTo(4222);
					return 32768;
				}

				@Override
				public List<Integer> getAll() {
					return List.of(32768);
				}

				@Override
				public List<Integer> getAll(String protocol) {
					return getAll();
				}

			};
		}

		@Override
		public Map<String, String> labels() {
			return Map.of();
		}

		@Override
		public DockerComposeFile composeFile() {
			return null;
		}

	}

}
