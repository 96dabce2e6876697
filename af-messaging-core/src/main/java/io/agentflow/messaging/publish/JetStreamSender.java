package io.agentflow.messaging.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.NotConnectedException;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;

/**
 * Sends messages until each has one of the three outcomes. An attempt ends with the
 * broker's answer, with the loss of the connection, or after a while without an answer;
 * the next one carries the same id, so that the broker keeps one copy. A receipt counts
 * whichever attempt it answers. While there is no connection nothing is handed to the
 * client: what was never sent is certainly not stored.
 */
final class JetStreamSender implements RawPublisher, AutoCloseable {

	static final String MESSAGE_ID_HEADER = "Nats-Msg-Id";

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

	private static final AttemptFailure NOT_CONNECTED = new AttemptFailure(AttemptFailure.Kind.NOT_NOW, 0,
			"there is no connection to the broker", null);

	private final BusConnection connection;

	private final PublishSettings settings;

	private final InFlightLimit limit;

	private final StallDetector stall;

	private final StreamLookup lookup = new StreamLookup();

	private final Set<PublishOperation> operations = ConcurrentHashMap.newKeySet();

	private final PublishTimer timer;

	private final PublishEvents events;

	private volatile @Nullable JetStreamOf jetStream;

	private volatile boolean closed;

	JetStreamSender(BusConnection connection, PublishSettings settings) {
		this.connection = connection;
		this.settings = settings;
		this.limit = new InFlightLimit(settings.maxInFlight());
		this.stall = new StallDetector(settings.stalledAfter());
		this.timer = new PublishTimer(this, settings);
		this.events = new PublishEvents(this, this.stall);
		connection.addListener(this.events);
		this.timer.start();
	}

	@Override
	public CompletableFuture<PublishReceipt> publish(String subject, Headers headers, byte[] data, String messageId) {
		PublishOperation operation = new PublishOperation(subject, headers, data, messageId,
				this.settings.deadline().toNanos());
		try {
			Subjects.requirePublishable(subject);
			headers.put(MESSAGE_ID_HEADER, messageId);
			if (this.closed) {
				throw new IllegalStateException("this publisher is closed");
			}
			if (!this.limit.acquire(this.settings.deadline().toNanos())) {
				return failed(PublishFailures.noRoom(operation, this.settings));
			}
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			return failed(
					new PublishRejectedException("Message " + messageId + " is not published: " + ex.getMessage(), ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return failed(PublishFailures.notSent(operation, "the thread was interrupted", ex));
		}
		int attempt = operation.begin(System.nanoTime());
		this.operations.add(operation);
		send(operation, attempt);
		return operation.future;
	}

	PublishHealth health() {
		return this.stall.health(this.limit.inUse());
	}

	Set<PublishOperation> operations() {
		return this.operations;
	}

	boolean isConnected() {
		return this.connection.status().isConnected();
	}

	/**
	 * Makes the next attempt. Called by the timer only, so never twice at one time.
	 */
	void retry(PublishOperation operation) {
		send(operation, operation.begin(System.nanoTime()));
	}

	/**
	 * Ends an attempt without a receipt.
	 */
	void attemptFailed(PublishOperation operation, int attempt, AttemptFailure failure) {
		long retryAt = System.nanoTime() + this.settings.backoffNanos(attempt);
		if (!operation.fail(attempt, failure, retryAt)) {
			return;
		}
		if (failure.isFinal()) {
			finish(operation);
		}
		else if (failure.kind() == AttemptFailure.Kind.NOT_TAKEN || failure.kind() == AttemptFailure.Kind.UNKNOWN) {
			this.stall.failed(failure.reason());
			finishIfNoStream(operation);
		}
	}

	void attemptTimedOut(PublishOperation operation) {
		AttemptFailure failure = AttemptFailure.timeout();
		this.stall.timedOut(this.settings.attemptTimeout(), failure.reason());
		attemptFailed(operation, operation.attempt(), failure);
	}

	/**
	 * Ends the operation without a receipt, as rejected or as unknown.
	 */
	void finish(PublishOperation operation) {
		RuntimeException outcome = PublishFailures.of(operation, this.settings);
		complete(operation, () -> operation.future.completeExceptionally(outcome));
	}

	@Override
	public void close() {
		this.closed = true;
		long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
		while (!this.operations.isEmpty() && System.nanoTime() < end && isConnected()) {
			LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
		}
		this.timer.close();
		this.connection.removeListener(this.events);
		this.operations.forEach(this::finish);
	}

	private void send(PublishOperation operation, int attempt) {
		if (!isConnected()) {
			operation.fail(attempt, NOT_CONNECTED, System.nanoTime());
			return;
		}
		try {
			Connection current = this.connection.current();
			requireFitting(operation, current.getMaxPayload());
			jetStream(current).publishAsync(operation.subject, operation.headers, operation.data)
				.whenComplete((ack, failure) -> answered(operation, attempt, ack, failure));
		}
		catch (NotConnectedException ex) {
			operation.fail(attempt, NOT_CONNECTED, System.nanoTime());
		}
		catch (IOException | RuntimeException ex) {
			attemptFailed(operation, attempt, AttemptFailure.of(ex));
		}
	}

	private void answered(PublishOperation operation, int attempt, @Nullable PublishAck ack,
			@Nullable Throwable failure) {
		if (ack != null) {
			this.stall.answered();
			PublishReceipt receipt = new PublishReceipt(operation.messageId, "", ack.getStream(), ack.getSeqno(),
					ack.isDuplicate());
			complete(operation, () -> operation.future.complete(receipt));
		}
		else if (failure != null) {
			AttemptFailure reason = AttemptFailure.of(failure);
			if (reason.errorCode() != 0) {
				this.stall.answered();
			}
			attemptFailed(operation, attempt, reason);
		}
	}

	private void complete(PublishOperation operation, Runnable completion) {
		if (this.operations.remove(operation)) {
			this.limit.release();
			InFlightLimit.completing(completion);
		}
	}

	/**
	 * A leaderless stream answers as one that is not there; only the API tells which.
	 */
	private void finishIfNoStream(PublishOperation operation) {
		if (!isConnected()) {
			return;
		}
		try {
			this.lookup.isMissing(this.connection.current(), operation.subject).thenAccept((missing) -> {
				if (missing && operation.settle(AttemptFailure.noStream())) {
					finish(operation);
				}
			});
		}
		catch (NotConnectedException ex) {
			// The timer goes on with the operation when there is a connection.
			operation.postpone(NOT_CONNECTED);
		}
	}

	/**
	 * The client checks the body alone; the server counts the headers too, and cuts the
	 * connection when the sum is too large.
	 */
	private static void requireFitting(PublishOperation operation, long maxPayload) {
		long size = (long) operation.headers.serializedLength() + operation.data.length;
		if (maxPayload > 0 && size > maxPayload) {
			throw new IllegalArgumentException(
					size + " bytes with headers are more than the server's max_payload of " + maxPayload);
		}
	}

	private JetStream jetStream(Connection current) throws IOException {
		JetStreamOf known = this.jetStream;
		if (known == null || known.connection() != current) {
			known = new JetStreamOf(current, current.jetStream());
			this.jetStream = known;
		}
		return known.api();
	}

	private static CompletableFuture<PublishReceipt> failed(RuntimeException outcome) {
		return CompletableFuture.failedFuture(outcome);
	}

	private record JetStreamOf(Connection connection, JetStream api) {
	}

}
