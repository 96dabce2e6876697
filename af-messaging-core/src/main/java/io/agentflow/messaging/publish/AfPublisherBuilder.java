package io.agentflow.messaging.publish;

import java.time.Duration;

import org.springframework.util.Assert;

import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.observation.MessageObservations;
import io.agentflow.messaging.stream.StreamTopology;

/**
 * Collects what a publisher needs. Not thread-safe.
 */
public final class AfPublisherBuilder {

	private final BusConnection connection;

	private final EnvelopeCodec codec;

	private PublishSettings settings = PublishSettings.DEFAULT;

	private MessageObservations observations = MessageObservations.NONE;

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
	 * Sets how publishes are observed; not at all by default.
	 * @param other how
	 * @return this
	 */
	public AfPublisherBuilder observations(MessageObservations other) {
		this.observations = other;
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
		return new DefaultAfPublisher(this.connection, this.codec, sender, this.observations, replies,
				this.requestTimeout);
	}

}
