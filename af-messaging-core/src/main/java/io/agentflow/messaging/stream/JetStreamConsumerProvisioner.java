package io.agentflow.messaging.stream;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.Assert;

import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.stream.StreamResult.Action;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;

/**
 * Provisions durable consumers through the JetStream API.
 */
final class JetStreamConsumerProvisioner implements ConsumerProvisioner {

	private static final Logger logger = LoggerFactory.getLogger(JetStreamConsumerProvisioner.class);

	private static final int CONSUMER_EXISTS = 10148;

	private final JetStreamApi api;

	JetStreamConsumerProvisioner(BusConnection connection) {
		this.api = new JetStreamApi(connection);
	}

	@Override
	public StreamResult provision(String stream, ConsumerConfiguration wanted, ProvisioningMode mode) {
		String name = wanted.getDurable();
		Assert.hasText(name, "A consumer to be provisioned needs a durable name");
		if (mode == ProvisioningMode.NONE) {
			return new StreamResult(name, Action.UNCHANGED, List.of());
		}
		ConsumerConfiguration actual = read(stream, name);
		if (actual == null) {
			if (mode == ProvisioningMode.VALIDATE) {
				throw new StreamProvisioningException(stream, "af.bus.provisioning", "Consumer " + name + " of stream "
						+ stream + " does not exist. Create it, or set af.bus.provisioning=create or update", null);
			}
			if (create(stream, wanted)) {
				return new StreamResult(name, Action.CREATED, List.of());
			}
			actual = read(stream, name);
		}
		return (actual != null) ? reconcile(stream, wanted, actual, mode)
				: new StreamResult(name, Action.UNCHANGED, List.of());
	}

	private StreamResult reconcile(String stream, ConsumerConfiguration wanted, ConsumerConfiguration actual,
			ProvisioningMode mode) {
		String name = wanted.getDurable();
		List<Difference> differences = ConsumerDifferences.between(wanted, actual);
		if (differences.isEmpty()) {
			return new StreamResult(name, Action.UNCHANGED, differences);
		}
		String list = ProvisioningFailures.list(differences);
		switch (mode) {
			case VALIDATE -> throw new StreamProvisioningException(stream, "af.bus.provisioning",
					"Consumer " + name + " of stream " + stream + " differs: " + list
							+ ". Change the one or the other, or set af.bus.provisioning=update",
					null);
			case CREATE -> {
				logger.warn("Consumer {} of stream {} is left as it is: {}", name, stream, list);
				return new StreamResult(name, Action.LEFT_DIFFERENT, differences);
			}
			default -> {
				send(stream, ConsumerDifferences.update(wanted, actual), list);
				logger.warn("Consumer {} of stream {} changed: {}", name, stream, list);
				return new StreamResult(name, Action.UPDATED, differences);
			}
		}
	}

	private @Nullable ConsumerConfiguration read(String stream, String name) {
		try {
			ConsumerInfo info = this.api.callOrNull(stream, "$JS.API.CONSUMER.INFO." + stream + "." + name,
					JetStreamApi.CONSUMER_NOT_FOUND, (api) -> api.getConsumerInfo(stream, name));
			return (info != null) ? info.getConsumerConfiguration() : null;
		}
		catch (JetStreamApiException ex) {
			throw refused(stream, name, "", ex);
		}
	}

	/**
	 * Creates the consumer.
	 * @return whether it was made, or found equal; not if it is there and differs
	 */
	private boolean create(String stream, ConsumerConfiguration wanted) {
		try {
			this.api.call(stream, subject(stream, wanted), (api) -> api.createConsumer(stream, wanted));
			logger.info("Consumer {} of stream {} created", wanted.getDurable(), stream);
			return true;
		}
		catch (JetStreamApiException ex) {
			if (ex.getApiErrorCode() == CONSUMER_EXISTS) {
				return false;
			}
			throw refused(stream, wanted.getDurable(), "", ex);
		}
	}

	private void send(String stream, ConsumerConfiguration configuration, String differences) {
		try {
			this.api.call(stream, subject(stream, configuration),
					(api) -> api.addOrUpdateConsumer(stream, configuration));
		}
		catch (JetStreamApiException ex) {
			throw refused(stream, configuration.getDurable(), differences, ex);
		}
	}

	private static String subject(String stream, ConsumerConfiguration configuration) {
		return "$JS.API.CONSUMER.CREATE." + stream + "." + configuration.getDurable() + ".>";
	}

	private static StreamProvisioningException refused(String stream, String name, String differences,
			JetStreamApiException cause) {
		if (cause.getApiErrorCode() == JetStreamApi.STREAM_NOT_FOUND) {
			return new StreamProvisioningException(stream, "af.bus.provisioning", "Stream " + stream + " of consumer "
					+ name + " does not exist. Create it, or set af.bus.provisioning=update", cause);
		}
		String what = differences.isEmpty() ? "" : ". Asked for: " + differences
				+ ". What cannot be changed needs another durable name, or the consumer deleted first";
		return new StreamProvisioningException(stream, null,
				"Consumer " + name + " of stream " + stream + " is refused by the server (error "
						+ cause.getApiErrorCode() + ": " + cause.getErrorDescription() + ")" + what,
				cause);
	}

}
