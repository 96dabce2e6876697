package io.agentflow.messaging.listener;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.ConnectionSettings;
import io.agentflow.messaging.connection.ReconnectPolicy;
import io.agentflow.messaging.deadletter.DeadLetterWriter;
import io.agentflow.messaging.deadletter.DeadLetters;
import io.agentflow.messaging.failure.RetrySettings;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.publish.PublishSettings;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.stream.StreamProvisioner;
import io.agentflow.messaging.stream.StreamSpec;
import io.agentflow.messaging.stream.StreamTopology;

/**
 * One instance of an application on a real server: connection, streams, publisher,
 * listeners.
 */
public final class BusFixture implements AutoCloseable {

	public static final RetrySettings QUICK = new RetrySettings(3, Duration.ofMillis(100), 2, Duration.ofSeconds(1),
			0.2);

	public final BusConnection bus;

	public final EnvelopeCodec codec = EnvelopeCodec.builder().build();

	public final AfPublisher publisher;

	public final DeadLetters deadLetters;

	public final StreamTopology topology;

	private final ListenerSettings settings;

	private AfListenerRegistry registry;

	private BusFixture(ConnectionSettings connection, ListenerSettings settings) {
		this.bus = BusConnection.connect(connection.withReconnect(
				ReconnectPolicy.DEFAULT.withFirstDelay(Duration.ofMillis(50)).withMaxDelay(Duration.ofMillis(200))));
		this.topology = small();
		StreamProvisioner.of(this.bus).provision(this.topology, ProvisioningMode.UPDATE);
		this.publisher = AfPublisher.builder(this.bus, this.codec)
			.settings(PublishSettings.DEFAULT.withDeadline(Duration.ofSeconds(10)))
			.topology(this.topology)
			.build();
		this.deadLetters = DeadLetters.create(this.bus, this.publisher.raw());
		this.settings = settings;
		this.registry = registry(null, DeliveryObserver.NONE);
	}

	public static BusFixture connect(String url) {
		return connect(url, settings());
	}

	public static BusFixture connect(String url, ListenerSettings settings) {
		return new BusFixture(ConnectionSettings.of(url), settings);
	}

	public static BusFixture connect(ConnectionSettings connection, ListenerSettings settings) {
		return new BusFixture(connection, settings);
	}

	public static ListenerSettings settings() {
		return ListenerSettings.defaults("test")
			.withRetry(QUICK)
			.withTimes(Duration.ofMinutes(1), Duration.ofSeconds(5));
	}

	/**
	 * The contract's streams, small enough for any machine's disk.
	 */
	public static StreamTopology small() {
		StreamTopology topology = StreamTopology.defaults();
		for (StreamSpec stream : topology.streams()) {
			topology = topology.with(stream.withMaxBytes(1L << 28));
		}
		return topology;
	}

	private AfListenerRegistry registry(IdempotencyStore idempotency, DeliveryObserver observer) {
		return AfListenerRegistry
			.builder(this.bus, this.codec, this.publisher, DeadLetterWriter.to(this.publisher.raw()))
			.topology(this.topology)
			.settings(this.settings)
			.idempotency(idempotency)
			.observer(observer)
			.build();
	}

	public BusFixture idempotent(IdempotencyStore store) {
		this.registry = registry(store, DeliveryObserver.NONE);
		return this;
	}

	public BusFixture listen(ListenerSpec... specs) {
		for (ListenerSpec spec : specs) {
			this.registry.register(spec);
		}
		this.registry.start();
		return this;
	}

	public AfListenerRegistry registry() {
		return this.registry;
	}

	/**
	 * Stops the listeners as an application does; they can be registered anew.
	 */
	public void stopListeners() {
		this.registry.close();
		this.registry = registry(null, DeliveryObserver.NONE);
	}

	public AfMessage<?> publish(String subject, int number) {
		AfMessage<?> message = event(number);
		this.publisher.publish(subject, message);
		return message;
	}

	public static AfMessage<Map<String, Object>> event(int number) {
		return AfMessage.event("tester", "tested").payload(Map.<String, Object>of("number", number)).build();
	}

	public static int numberOf(AfMessage<tools.jackson.databind.JsonNode> message) {
		return message.payload().get("number").asInt();
	}

	public ConsumerInfo consumer(String stream, String durable) {
		try {
			return management().getConsumerInfo(stream, durable);
		}
		catch (IOException | JetStreamApiException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public JetStreamManagement management() throws IOException {
		return this.bus.current().jetStreamManagement();
	}

	@Override
	public void close() {
		this.registry.close();
		this.publisher.close();
		this.bus.close();
	}

}
