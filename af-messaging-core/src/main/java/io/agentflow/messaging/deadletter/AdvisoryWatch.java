package io.agentflow.messaging.deadletter;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.MessageInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.AfMessagingException;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.codec.InvalidMessageException;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.publish.Completions;
import io.agentflow.messaging.publish.PublishReceipt;
import io.agentflow.messaging.stream.ConsumerProvisioner;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.stream.StreamProvisioner;
import io.agentflow.messaging.stream.StreamTopology;

/**
 * Takes the broker's notices one by one, on a thread of its own: parked messages are
 * rare, and nobody waits for them. A notice is acknowledged when the broker has confirmed
 * the dead letter; all instances share one consumer, so it is worked on by one of them,
 * and by another if that one dies. What is then written twice has the same id.
 */
final class AdvisoryWatch implements ParkedMessages {

	private static final Logger logger = LoggerFactory.getLogger(AdvisoryWatch.class);

	private static final int PHASE = Integer.MAX_VALUE - 100;

	private static final Duration POLL = Duration.ofSeconds(10);

	private static final Duration ACK_WAIT = Duration.ofSeconds(30);

	private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

	private static final Duration RETRY = Duration.ofSeconds(5);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

	private final BusConnection bus;

	private final Net net;

	private final EnvelopeCodec codec;

	private final DeadLetterWriter writer;

	private final StoredMessages messages;

	private final WatchState state = new WatchState();

	private volatile @Nullable Thread thread;

	private @Nullable Connection attachedTo;

	private @Nullable ConsumerContext consumer;

	AdvisoryWatch(BusConnection bus, Net net, EnvelopeCodec codec, DeadLetterWriter writer) {
		this.bus = bus;
		this.messages = new StoredMessages(bus);
		this.net = net;
		this.codec = codec;
		this.writer = writer;
	}

	@Override
	public synchronized void start() {
		if (this.thread == null) {
			Thread watching = new Thread(this::watch, "af-parked-messages");
			watching.setDaemon(true);
			this.thread = watching;
			watching.start();
		}
	}

	@Override
	public synchronized void stop() {
		Thread watching = this.thread;
		this.thread = null;
		if (watching != null) {
			watching.interrupt();
			try {
				watching.join(STOP_TIMEOUT.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.state.stopped();
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public void close() {
		stop();
	}

	@Override
	public Status status() {
		return this.state.snapshot();
	}

	private boolean mayGoOn() {
		return this.thread == Thread.currentThread();
	}

	private void watch() {
		while (mayGoOn()) {
			try {
				Message notice = next(attached());
				if (notice != null) {
					rescue(notice);
				}
			}
			catch (InterruptedException ex) {
				logger.debug("Parked messages are watched no more");
				return;
			}
			catch (IOException | JetStreamApiException | JetStreamStatusCheckedException | RuntimeException ex) {
				this.attachedTo = null;
				if (mayGoOn() && !this.state.unavailable(ex, this.bus.status().isConnected())) {
					return;
				}
			}
		}
	}

	private ConsumerContext attached() throws IOException, JetStreamApiException {
		Connection current = this.bus.current();
		ConsumerContext known = this.consumer;
		if (known == null || current != this.attachedTo) {
			provision();
			known = current.getConsumerContext(StreamTopology.ADVISORIES, DURABLE);
			this.consumer = known;
			this.attachedTo = current;
			this.state.watching();
		}
		return known;
	}

	/**
	 * Makes stream and consumer where that is allowed. Elsewhere they are used as they
	 * are: to validate what an application can do without must not stop it.
	 */
	private void provision() {
		ProvisioningMode mode = this.net.mode();
		if (mode == ProvisioningMode.UPDATE || mode == ProvisioningMode.CREATE) {
			StreamProvisioner.of(this.bus).provision(new StreamTopology(List.of(this.net.advisories())), mode);
			ConsumerProvisioner.of(this.bus)
				.provision(StreamTopology.ADVISORIES,
						ConsumerConfiguration.builder()
							.durable(DURABLE)
							.ackPolicy(AckPolicy.Explicit)
							.ackWait(ACK_WAIT)
							.maxDeliver(-1)
							.build(),
						mode);
		}
	}

	private @Nullable Message next(ConsumerContext source)
			throws IOException, JetStreamApiException, JetStreamStatusCheckedException, InterruptedException {
		long start = System.nanoTime();
		Message message = source.next(POLL);
		if (message == null && System.nanoTime() - start < POLL.toNanos() / 2) {
			// Nobody waits at the other end: the consumer, or the connection, is gone.
			this.attachedTo = null;
			WatchState.pause(RETRY);
		}
		return message;
	}

	private void rescue(Message notice) throws InterruptedException {
		MaxDeliveriesAdvisory advisory = MaxDeliveriesAdvisory.read(notice);
		if (advisory == null) {
			logger.warn("Message {} of stream {} on {} is no notice of a parked message; it is left out",
					notice.metaData().streamSequence(), StreamTopology.ADVISORIES, notice.getSubject());
			notice.ack();
			return;
		}
		try {
			Original original = read(advisory);
			if (original == null) {
				logger.warn("{} was delivered {} times, then never again, and its stream no longer has it; it is lost",
						advisory, advisory.deliveries());
			}
			else {
				keep(notice, advisory, original);
			}
			notice.ack();
		}
		catch (AfMessagingException ex) {
			// Most likely a permission. Another instance may have it.
			this.state.notReadable("Parked message " + advisory + " is left to others. " + ex.getMessage());
			notice.nakWithDelay(ACK_WAIT);
		}
		catch (ExecutionException ex) {
			this.state.notKept(advisory.toString(), Completions.causeOf(ex));
			notice.nakWithDelay(RETRY);
		}
	}

	private @Nullable Original read(MaxDeliveriesAdvisory advisory) {
		MessageInfo found = this.messages.read(advisory.stream(), advisory.sequence());
		Original original = (found != null) ? Original.of(advisory.stream(), found) : null;
		// One stored later is of another stream of the same name.
		return (original != null && original.storedAt().isAfter(advisory.at())) ? null : original;
	}

	private void keep(Message notice, MaxDeliveriesAdvisory advisory, Original original)
			throws InterruptedException, ExecutionException {
		GivenUp givenUp = givenUp(advisory, original);
		CompletableFuture<PublishReceipt> stored = this.writer.write(givenUp);
		boolean waiting = true;
		while (waiting) {
			try {
				stored.get(SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
				waiting = false;
			}
			catch (TimeoutException ex) {
				notice.inProgress();
			}
		}
		this.state.kept(advisory.toString());
		logger.warn("{} was delivered {} times, then never again (max_deliver of consumer {}); it is kept with the"
				+ " dead letters", original, advisory.deliveries(), advisory.consumer());
		try {
			this.net.kept().accept(givenUp);
		}
		catch (RuntimeException ex) {
			logger.warn("An observer of parked messages failed; they are kept", ex);
		}
	}

	private GivenUp givenUp(MaxDeliveriesAdvisory advisory, Original original) {
		String messageId = null;
		String workflowId = null;
		try {
			AfMessage<?> message = this.codec.decode(original.data()).message();
			messageId = message.id();
			workflowId = message.workflowId();
		}
		catch (InvalidMessageException ex) {
			messageId = ex.messageId();
		}
		return new GivenUp(original, advisory.consumer(), FailureReason.MAX_DELIVERIES, advisory.deliveries(), null,
				messageId, workflowId);
	}

}
