package io.agentflow.messaging.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.AfMessagingException;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.BusListener;
import io.agentflow.messaging.stream.ConsumerProvisioner;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.stream.StreamSpec;
import io.agentflow.messaging.stream.StreamTopology;
import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.support.Status;

/**
 * A subject of one's own and the consumer that reads it. Made at the first request. The
 * server removes the consumer some minutes after its process has gone.
 */
final class ReplyInbox implements BusListener, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ReplyInbox.class);

	private static final Duration INACTIVE_THRESHOLD = Duration.ofMinutes(5);

	private static final Duration ACK_WAIT = Duration.ofSeconds(5);

	private static final long PULL_EXPIRES_MILLIS = 5000;

	private final BusConnection connection;

	private final Consumer<Message> handler;

	private final String name;

	private final String subject;

	private final @Nullable String stream;

	private final ExecutorService executor = Executors.newSingleThreadExecutor((task) -> {
		Thread thread = new Thread(task, "af-reply-inbox");
		thread.setDaemon(true);
		return thread;
	});

	private @Nullable CompletableFuture<Void> opened;

	/** Touched by the executor's thread only. */
	private @Nullable MessageConsumer consumer;

	private volatile @Nullable Connection consumedFrom;

	ReplyInbox(BusConnection connection, StreamTopology topology, Consumer<Message> handler) {
		this.connection = connection;
		this.handler = handler;
		// An id of the contract is unique and fits a subject.
		this.name = "replies-" + AfMessage.event("af", "af").build().id().toLowerCase(Locale.ROOT);
		this.subject = Subjects.agentIn(this.name);
		StreamSpec spec = topology.streamFor(this.subject);
		this.stream = (spec != null) ? spec.name() : null;
	}

	String subject() {
		return this.subject;
	}

	/**
	 * Makes the consumer, once.
	 * @return completes when responses can be received
	 */
	synchronized CompletableFuture<Void> open() {
		CompletableFuture<Void> current = this.opened;
		if (current == null || current.isCompletedExceptionally()) {
			current = CompletableFuture.runAsync(this::start, this.executor);
			this.opened = current;
		}
		return current;
	}

	/**
	 * What was pulled for is forgotten by a server that restarts; pull anew at once
	 * rather than at the next heartbeat alarm.
	 */
	@Override
	public void reconnected(Connection current) {
		restart();
	}

	@Override
	public void connected(Connection current) {
		// Adding a listener tells of a connection that is consumed from already.
		if (current != this.consumedFrom) {
			restart();
		}
	}

	@Override
	public void pullFailed(JetStreamSubscription subscription, Status status) {
		if (this.name.equals(subscription.getConsumerName())) {
			logger.debug("Responses: {}", status);
			restart();
		}
	}

	@Override
	public void close() {
		this.connection.removeListener(this);
		try {
			this.executor.execute(this::stop);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Closed twice");
		}
		this.executor.shutdown();
	}

	private void restart() {
		try {
			this.executor.execute(() -> {
				try {
					consume();
				}
				catch (AfMessagingException | IllegalStateException ex) {
					logger.warn("Responses cannot be received: {}", ex.getMessage());
				}
			});
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Closed meanwhile");
		}
	}

	private void start() {
		consume();
		this.connection.removeListener(this);
		this.connection.addListener(this);
	}

	private void consume() {
		String target = this.stream;
		if (target == null) {
			throw new PublishRejectedException(
					"Requests cannot be sent: no stream keeps " + this.subject
							+ ", where their responses are to come. Give one of the streams the subject agents.*.*",
					null);
		}
		if (this.consumer != null) {
			this.consumer.stop();
		}
		ConsumerConfiguration configuration = ConsumerConfiguration.builder()
			.durable(this.name)
			.filterSubject(this.subject)
			.ackPolicy(AckPolicy.Explicit)
			.ackWait(ACK_WAIT)
			.inactiveThreshold(INACTIVE_THRESHOLD)
			.build();
		ConsumerProvisioner.of(this.connection).provision(target, configuration, ProvisioningMode.CREATE);
		try {
			Connection current = this.connection.current();
			this.consumedFrom = current;
			this.consumer = current.getConsumerContext(target, this.name)
				.consume(ConsumeOptions.builder().expiresIn(PULL_EXPIRES_MILLIS).build(), this::receive);
		}
		catch (IOException | JetStreamApiException ex) {
			throw new PublishRejectedException("Responses cannot be received: consumer " + this.name + " of stream "
					+ target + ": " + ex.getMessage(), true, 0, ex);
		}
	}

	private void receive(Message message) {
		this.handler.accept(message);
		message.ack();
	}

	private void stop() {
		if (this.consumer == null || this.stream == null) {
			return;
		}
		this.consumer.stop();
		try {
			this.connection.current().jetStreamManagement().deleteConsumer(this.stream, this.name);
		}
		catch (IOException | JetStreamApiException | RuntimeException ex) {
			// The server removes it by itself when it has been inactive for a while.
			logger.debug("Consumer {} stays for now", this.name, ex);
		}
	}

}
