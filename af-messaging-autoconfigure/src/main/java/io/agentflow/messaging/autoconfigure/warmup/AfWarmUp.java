package io.agentflow.messaging.autoconfigure.warmup;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

import io.agentflow.messaging.connection.BusConnection;

/**
 * Warms up when the application starts, before its listeners do. Whatever goes wrong is
 * told in the log and never ends the start: the first messages are slower then, no more.
 */
final class AfWarmUp implements SmartLifecycle {

	/** The listeners' phase is {@code Integer.MAX_VALUE - 100}. */
	private static final int PHASE = Integer.MAX_VALUE - 200;

	private static final Logger logger = LoggerFactory.getLogger(AfWarmUp.class);

	private final BusConnection bus;

	private final SelfRequests requests;

	private final AfWarmUpProperties properties;

	private final boolean allowed;

	private volatile boolean running;

	private volatile int answered;

	AfWarmUp(BusConnection bus, SelfRequests requests, AfWarmUpProperties properties, boolean allowed) {
		this.bus = bus;
		this.requests = requests;
		this.properties = properties;
		this.allowed = allowed;
	}

	/**
	 * Counts the requests that were answered.
	 * @return 0 if the warm-up did not run
	 */
	int answered() {
		return this.answered;
	}

	@Override
	public void start() {
		this.running = true;
		if (this.properties.getMessages() <= 0) {
			return;
		}
		if (!this.allowed) {
			logger.info("No warm-up: it needs stream {}, and af.bus.provisioning lets no stream be made",
					SelfRequests.STREAM);
			return;
		}
		if (!this.bus.status().isConnected()) {
			logger.info("No warm-up: there is no connection to the broker yet");
			return;
		}
		long begin = System.nanoTime();
		try {
			this.answered = this.requests.run(this.properties.getMessages(), this.properties.getTimeLimit());
			logger.info("Warmed up by {} requests in {} ms", this.answered,
					Duration.ofNanos(System.nanoTime() - begin).toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			logger.warn("The warm-up failed; the first messages will be slower. af.warm-up.messages=0 turns it off",
					ex);
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
