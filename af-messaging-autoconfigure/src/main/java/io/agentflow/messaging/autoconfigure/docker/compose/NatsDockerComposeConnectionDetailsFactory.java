package io.agentflow.messaging.autoconfigure.docker.compose;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.StringUtils;

import io.agentflow.messaging.autoconfigure.AfBusConnectionDetails;
import io.agentflow.messaging.connection.BusCredentials;

/**
 * Finds the bus in a Compose file: a service whose image is {@code nats}, or that carries
 * the label {@code org.springframework.boot.service-connection: nats}.
 */
final class NatsDockerComposeConnectionDetailsFactory
		extends DockerComposeConnectionDetailsFactory<AfBusConnectionDetails> {

	private static final int PORT = 4222;

	NatsDockerComposeConnectionDetailsFactory() {
		super("nats");
	}

	@Override
	protected AfBusConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new Details(source.getRunningService());
	}

	/**
	 * Details of a running service.
	 */
	static final class Details extends DockerComposeConnectionDetails implements AfBusConnectionDetails {

		private final String url;

		private final BusCredentials credentials;

		private final @Nullable SslBundle sslBundle;

		Details(RunningService service) {
			super(service);
			this.url = "nats://" + service.host() + ":" + service.ports().get(PORT);
			this.credentials = credentials(service.env());
			this.sslBundle = getSslBundle(service);
		}

		@Override
		public List<String> getUrls() {
			return List.of(this.url);
		}

		@Override
		public BusCredentials getCredentials() {
			return this.credentials;
		}

		@Override
		public @Nullable SslBundle getSslBundle() {
			return this.sslBundle;
		}

		/**
		 * The image itself reads no variables; these are what its usual configuration
		 * files refer to.
		 */
		private static BusCredentials credentials(Map<String, @Nullable String> env) {
			String user = env.get("NATS_USER");
			String password = env.get("NATS_PASSWORD");
			String token = env.get("NATS_TOKEN");
			if (StringUtils.hasText(user) && StringUtils.hasText(password)) {
				return BusCredentials.userPassword(() -> user, password::toCharArray);
			}
			return StringUtils.hasText(token) ? BusCredentials.token(token::toCharArray) : BusCredentials.none();
		}

	}

}
