package io.agentflow.messaging.listener;

import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.stream.ConsumerProvisioner;
import io.agentflow.messaging.stream.ProvisioningMode;

/**
 * The subscription to one durable consumer. Used by one thread at a time.
 */
final class ConsumerLink {

	private static final Logger logger = LoggerFactory.getLogger(ConsumerLink.class);

	private static final int NOT_FOUND = 404;

	private static final Duration DRAIN = Duration.ofSeconds(2);

	/** A broker that takes longer to tell how a consumer stands is not well. */
	private static final JetStreamOptions SAMPLING = JetStreamOptions.builder()
		.requestTimeout(Duration.ofSeconds(2))
		.build();

	private final BusConnection bus;

	private final ResolvedListener listener;

	private final ProvisioningMode mode;

	private @Nullable Connection connection;

	private volatile @Nullable Dispatcher dispatcher;

	private volatile @Nullable PullWindow pulls;

	private long ackFloor;

	private @Nullable ZonedDateTime streamCreated;

	ConsumerLink(BusConnection bus, ResolvedListener listener, ProvisioningMode mode) {
		this.bus = bus;
		this.listener = listener;
		this.mode = mode;
	}

	/**
	 * Makes the durable consumer agree and starts to receive.
	 * @param window how many messages may be held here
	 * @param held how many are
	 */
	void open(IntSupplier window, IntSupplier held, MessageHandler handler) throws IOException, JetStreamApiException {
		Connection current = this.bus.current();
		provision(current);
		Dispatcher target = current.createDispatcher();
		this.connection = current;
		this.dispatcher = target;
		JetStreamSubscription subscription = current.jetStream()
			.subscribe(null, target, (message) -> received(message, handler),
					PullSubscribeOptions.bind(this.listener.stream(), this.listener.durable()));
		this.pulls = new PullWindow(subscription, window, held);
		refill();
	}

	private void received(Message message, MessageHandler handler) throws InterruptedException {
		PullWindow open = this.pulls;
		if (open != null) {
			open.received();
		}
		handler.onMessage(message);
		refill();
	}

	/**
	 * Asks for more messages if there is room for them.
	 */
	void refill() {
		PullWindow open = this.pulls;
		if (open != null) {
			open.refill();
		}
	}

	/**
	 * Asks anew: the connection was lost, and with it what was asked for.
	 */
	void askAnew() {
		PullWindow open = this.pulls;
		if (open != null) {
			open.reset();
			open.refill();
		}
	}

	private void provision(Connection current) throws IOException, JetStreamApiException {
		ConsumerConfiguration wanted = this.listener.consumer();
		ConsumerConfiguration restart = (this.mode != ProvisioningMode.NONE && this.mode != ProvisioningMode.VALIDATE)
				? afterLoss(current, wanted) : null;
		if (restart != null) {
			current.jetStreamManagement().createConsumer(this.listener.stream(), restart);
			logger.warn("Consumer {} of stream {} was gone; made anew after sequence {}, the last that was known to be"
					+ " settled", this.listener.durable(), this.listener.stream(), this.ackFloor);
		}
		else {
			ConsumerProvisioner.of(this.bus).provision(this.listener.stream(), wanted, this.mode);
		}
	}

	/**
	 * A consumer that was deleted has lost its place. Made anew from the beginning it
	 * would deliver the whole stream again, so it goes on after what was last known to be
	 * settled.
	 */
	private @Nullable ConsumerConfiguration afterLoss(Connection current, ConsumerConfiguration wanted)
			throws IOException, JetStreamApiException {
		JetStreamManagement management = current.jetStreamManagement();
		if (this.ackFloor == 0 || !isMissing(management)) {
			return null;
		}
		StreamInfo stream = management.getStreamInfo(this.listener.stream());
		if (!stream.getCreateTime().equals(this.streamCreated)) {
			// Another stream of the same name: its sequences begin anew.
			this.streamCreated = null;
			this.ackFloor = 0;
			return null;
		}
		return ConsumerConfiguration.builder(wanted)
			.deliverPolicy(DeliverPolicy.ByStartSequence)
			.startSequence(this.ackFloor + 1)
			.build();
	}

	/**
	 * Tells whether the server has no such consumer, or no such stream any more.
	 */
	static boolean isGone(JetStreamApiException ex) {
		return ex.getErrorCode() == NOT_FOUND;
	}

	private boolean isMissing(JetStreamManagement management) throws IOException, JetStreamApiException {
		try {
			management.getConsumerInfo(this.listener.stream(), this.listener.durable());
			return false;
		}
		catch (JetStreamApiException ex) {
			if (isGone(ex)) {
				return true;
			}
			throw ex;
		}
	}

	/**
	 * Asks how the consumer stands, and remembers its place.
	 */
	ConsumerInfo sample() throws IOException, JetStreamApiException {
		JetStreamManagement management = this.bus.current().jetStreamManagement(SAMPLING);
		if (this.streamCreated == null) {
			this.streamCreated = management.getStreamInfo(this.listener.stream()).getCreateTime();
		}
		ConsumerInfo info = management.getConsumerInfo(this.listener.stream(), this.listener.durable());
		this.ackFloor = info.getAckFloor().getStreamSequence();
		return info;
	}

	boolean isMine(JetStreamSubscription subscription) {
		Dispatcher mine = this.dispatcher;
		return mine != null && subscription.getDispatcher() == mine;
	}

	boolean isOn(Connection other) {
		return this.connection == other;
	}

	/**
	 * Stops to receive: what the client holds already is still handed to the handler.
	 */
	void close() {
		Connection current = this.connection;
		this.connection = null;
		if (current != null) {
			release(current);
		}
	}

	/**
	 * Unsubscribes, then hands over what the client holds already.
	 */
	private void release(Connection current) {
		Dispatcher target = this.dispatcher;
		this.pulls = null;
		this.dispatcher = null;
		if (target == null) {
			return;
		}
		try {
			if (current.getStatus() == Connection.Status.CONNECTED) {
				target.drain(DRAIN).get(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
			}
			else if (current.getStatus() != Connection.Status.CLOSED) {
				current.closeDispatcher(target);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException | ExecutionException | RuntimeException ex) {
			logger.debug("Ending the subscription of consumer {}: {}", this.listener.durable(), ex.toString());
		}
	}

}
