package io.agentflow.messaging.publish;

import java.time.Duration;
import java.util.Map;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.ConnectionSettings;
import io.agentflow.messaging.connection.ReconnectPolicy;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.stream.StreamProvisioner;
import io.agentflow.messaging.stream.StreamSpec;
import io.agentflow.messaging.stream.StreamTopology;

/**
 * A connection, the streams and a publisher, with short delays.
 */
final class PublishFixture implements AutoCloseable {

	static final PublishSettings SETTINGS = PublishSettings.DEFAULT;

	final BusConnection connection;

	final AfPublisher publisher;

	final EnvelopeCodec codec = EnvelopeCodec.builder().build();

	private PublishFixture(ConnectionSettings settings, PublishSettings publishing) {
		this.connection = BusConnection.connect(settings);
		this.publisher = AfPublisher.builder(this.connection, this.codec).settings(publishing).build();
	}

	static PublishFixture connect(String url) {
		return connect(url, SETTINGS);
	}

	static PublishFixture connect(String url, PublishSettings publishing) {
		return new PublishFixture(settings(url), publishing);
	}

	static PublishFixture connect(ConnectionSettings settings, PublishSettings publishing) {
		return new PublishFixture(settings, publishing);
	}

	static ConnectionSettings settings(String url) {
		return ConnectionSettings.of(url)
			.withReconnect(
					ReconnectPolicy.DEFAULT.withFirstDelay(Duration.ofMillis(50)).withMaxDelay(Duration.ofMillis(200)));
	}

	PublishFixture withStreams() {
		return withStreams(1);
	}

	PublishFixture withStreams(int replicas) {
		for (StreamSpec spec : StreamTopology.defaults().streams()) {
			provision(spec.withMaxBytes(1L << 28).withReplicas(replicas));
		}
		return this;
	}

	void provision(StreamSpec spec) {
		StreamProvisioner.of(this.connection)
			.provision(new StreamTopology(java.util.List.of(spec)), ProvisioningMode.UPDATE);
	}

	static AfMessage<Map<String, Object>> event(int number) {
		return AfMessage.event("pinger", "ponger")
			.workflowId("w1")
			.payload(Map.<String, Object>of("number", number))
			.build();
	}

	@Override
	public void close() {
		this.publisher.close();
		this.connection.close();
	}

}
