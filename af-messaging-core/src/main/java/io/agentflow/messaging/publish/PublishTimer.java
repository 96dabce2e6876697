package io.agentflow.messaging.publish;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the messages in flight again and again: ends attempts that got no answer,
 * makes the next ones, ends operations at their deadline. One look at a bounded number of
 * messages is cheaper than a timer for each.
 */
final class PublishTimer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PublishTimer.class);

	private static final long TICK_MILLIS = 20;

	/**
	 * A denial names the subject only. Receipts of messages that the server took before
	 * it are on their way for some time yet.
	 */
	private static final long DENIAL_GRACE_NANOS = Duration.ofMillis(250).toNanos();

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "af-publish-timer");
		thread.setDaemon(true);
		return thread;
	});

	private final JetStreamSender sender;

	private final long attemptTimeoutNanos;

	PublishTimer(JetStreamSender sender, PublishSettings settings) {
		this.sender = sender;
		this.attemptTimeoutNanos = settings.attemptTimeout().toNanos();
	}

	void start() {
		this.executor.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
	}

	@Override
	public void close() {
		this.executor.shutdown();
	}

	private void tick() {
		boolean connected = this.sender.isConnected();
		for (PublishOperation operation : this.sender.operations()) {
			try {
				look(operation, System.nanoTime(), connected);
			}
			catch (RuntimeException ex) {
				// One message must not stop the timer of all others.
				logger.error("Message {} could not be looked after", operation.messageId, ex);
			}
		}
	}

	private void look(PublishOperation operation, long now, boolean connected) {
		if (now - operation.deadlineNanos >= 0) {
			this.sender.finish(operation);
		}
		else if (operation.isDenied(now, DENIAL_GRACE_NANOS)) {
			this.sender.attemptFailed(operation, operation.attempt(), AttemptFailure.denied(operation.subject));
		}
		else if (operation.hasTimedOut(now, this.attemptTimeoutNanos)) {
			this.sender.attemptTimedOut(operation);
		}
		else if (connected && operation.isDue(now)) {
			this.sender.retry(operation);
		}
	}

}
