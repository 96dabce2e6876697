package io.agentflow.messaging.autoconfigure.testcontainers;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.Container;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;

import io.agentflow.messaging.autoconfigure.AfBusConnectionDetails;

/**
 * Takes any container whose image is {@code nats}, or that is annotated
 * {@code @ServiceConnection("nats")}, for the bus. Testcontainers has no module of its
 * own for NATS.
 */
final class NatsContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<Container<?>, AfBusConnectionDetails> {

	private static final int PORT = 4222;

	NatsContainerConnectionDetailsFactory() {
		super("nats");
	}

	@Override
	protected AfBusConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
		return new Details(source);
	}

	/**
	 * Details of a container, which is running by the time they are asked for.
	 */
	private static final class Details extends ContainerConnectionDetails<Container<?>>
			implements AfBusConnectionDetails {

		Details(ContainerConnectionSource<Container<?>> source) {
			super(source);
		}

		@Override
		public List<String> getUrls() {
			return List.of("nats://" + getContainer().getHost() + ":" + getContainer().getMappedPort(PORT));
		}

		@Override
		public @Nullable SslBundle getSslBundle() {
			return super.getSslBundle();
		}

	}

}
