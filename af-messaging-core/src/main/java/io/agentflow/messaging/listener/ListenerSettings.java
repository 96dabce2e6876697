package io.agentflow.messaging.listener;

import java.time.Duration;

import io.agentflow.messaging.failure.RetrySettings;
import io.agentflow.messaging.stream.ProvisioningMode;

import org.springframework.util.Assert;

/**
 * What listeners have in common unless one says otherwise. Immutable.
 *
 * @param application name of the application; durable consumers are called
 * {@code <application>_<id>}, so all its instances share them
 * @param concurrency threads of a listener, 1 or more
 * @param ackWait how long the broker waits for a sign of life before it delivers again, 1
 * s or more
 * @param maxInFlight messages of a durable consumer that may be delivered and not
 * settled, over all instances ({@code max_ack_pending})
 * @param retry attempts and waits
 * @param maxProcessingTime how long a handler may take before its message is taken away
 * from it and tried again
 * @param shutdownTimeout how long handlers may go on when the application stops
 * @param provisioning what to do about durable consumers that are missing or different
 * @param virtualThreads whether handlers run on virtual threads (Java 21 and later)
 * @param sampleInterval how often lag and pending acknowledgements are asked for
 */
public record ListenerSettings(String application, int concurrency, Duration ackWait, int maxInFlight,
		RetrySettings retry, Duration maxProcessingTime, Duration shutdownTimeout, ProvisioningMode provisioning,
		boolean virtualThreads, Duration sampleInterval) {

	/**
	 * Checks the bounds and makes the application's name fit for a consumer's name.
	 */
	public ListenerSettings {
		Assert.hasText(application, "The application's name must not be empty");
		Assert.isTrue(concurrency >= 1, () -> "concurrency must be 1 or more, not " + concurrency);
		Assert.isTrue(ackWait.compareTo(Duration.ofSeconds(1)) >= 0,
				() -> "ack-wait must be 1 s or more, not " + ackWait);
		Assert.isTrue(maxInFlight >= 1, () -> "max-in-flight must be 1 or more, not " + maxInFlight);
		Assert.isTrue(!maxProcessingTime.isNegative() && !maxProcessingTime.isZero(),
				"max-processing-time must be positive");
		Assert.isTrue(!shutdownTimeout.isNegative(), "shutdown-timeout must not be negative");
		application = application.replaceAll("[^A-Za-z0-9_-]", "-");
	}

	/**
	 * The defaults for an application.
	 * @param application name of the application
	 * @return 1 thread, 30 s, 1000 in flight, at most 30 min for a message, 25 s to stop
	 */
	public static ListenerSettings defaults(String application) {
		return new ListenerSettings(application, 1, Duration.ofSeconds(30), 1000, RetrySettings.defaults(),
				Duration.ofMinutes(30), Duration.ofSeconds(25), ProvisioningMode.UPDATE, false, Duration.ofSeconds(10));
	}

	/**
	 * Returns these settings with another wait for a sign of life.
	 * @param wait the wait, 1 s or more
	 * @return the settings
	 */
	public ListenerSettings withAckWait(Duration wait) {
		return new ListenerSettings(this.application, this.concurrency, wait, this.maxInFlight, this.retry,
				this.maxProcessingTime, this.shutdownTimeout, this.provisioning, this.virtualThreads,
				this.sampleInterval);
	}

	/**
	 * Returns these settings with other attempts and waits.
	 * @param settings attempts and waits
	 * @return the settings
	 */
	public ListenerSettings withRetry(RetrySettings settings) {
		return new ListenerSettings(this.application, this.concurrency, this.ackWait, this.maxInFlight, settings,
				this.maxProcessingTime, this.shutdownTimeout, this.provisioning, this.virtualThreads,
				this.sampleInterval);
	}

	/**
	 * Returns these settings with other times for handlers.
	 * @param processing how long a handler may take
	 * @param shutdown how long handlers may go on when the application stops
	 * @return the settings
	 */
	public ListenerSettings withTimes(Duration processing, Duration shutdown) {
		return new ListenerSettings(this.application, this.concurrency, this.ackWait, this.maxInFlight, this.retry,
				processing, shutdown, this.provisioning, this.virtualThreads, this.sampleInterval);
	}

}
