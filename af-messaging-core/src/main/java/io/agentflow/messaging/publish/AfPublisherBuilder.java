package io.agentflow.messaging.publish;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.observation.AfPublishConvention;
import io.agentflow.messaging.stream.StreamTopology;
import io.micrometer.observation.ObservationRegistry;

/**
 * Collects what a publisher needs. Not thread-safe.
 */
public final class AfPublisherBuilder {

	private final BusConnection connection;

	private final EnvelopeCodec codec;

	private PublishSettings settings = PublishSettings.DEFAULT;

	private ObservationRegistry observations = ObservationRegistry.NOOP;

	private @Nullable AfPublishConvention convention;

	private StreamTopology topology = StreamTopology.defaults();

	private Duration requestTimeout = Duration.ofSeconds(10);

	AfPublisherBuilder(BusConnection connection, EnvelopeCodec codec) {
		this.connection = connection;
		this.codec = codec;
	}

	/**
	 * Sets how patiently to publish; {@link PublishSettings#DEFAULT} by default.
	 * @param other the settings
	 * @return this
	 */
	public AfPublisherBuilder settings(PublishSettings other) {
		this.settings = other;
		return this;
	}

	/**
	 * Sets who observes; nobody by default.
	 * @param registry the registry
	 * @return this
	 */
	public AfPublisherBuilder observations(ObservationRegistry registry) {
		this.observations = registry;
		return this;
	}

	/**
	 * Sets names and tags of the observations.
	 * @param other the convention, or {@code null} for the default
	 * @return this
	 */
	public AfPublisherBuilder convention(@Nullable AfPublishConvention other) {
		this.convention = other;
		return this;
	}

	/**
	 * Sets the streams, to know which one keeps the responses to requests;
	 * {@link StreamTopology#defaults()} by default.
	 * @param other the streams
	 * @return this
	 */
	public AfPublisherBuilder topology(StreamTopology other) {
		this.topology = other;
		return this;
	}

	/**
	 * Sets how long requests wait for their response unless they say so themselves; 10 s
	 * by default.
	 * @param timeout the time, 1 ms or more
	 * @return this
	 */
	public AfPublisherBuilder requestTimeout(Duration timeout) {
		Assert.isTrue(timeout.toMillis() >= 1, "AfPublisher: requestTimeout must be 1 ms or more");
		this.requestTimeout = timeout;
		return this;
	}

	/**
	 * Makes the publisher.
	 * @return the publisher; to be closed
	 */
	public AfPublisher build() {
		JetStreamSender sender = new JetStreamSender(this.connection, this.settings);
		PendingRequests replies = new PendingRequests(this.connection, this.codec, this.topology);
		PublishObservations observed = new PublishObservations(this.observations, this.convention);
		return new DefaultAfPublisher(this.connection, this.codec, sender, observed, replies, this.requestTimeout);
	}

}
