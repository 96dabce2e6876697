package io.agentflow.messaging.listener;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.failure.RetrySettings;

import org.springframework.util.Assert;

/**
 * One listener: what it listens to and how. What is {@code null} is taken from the
 * {@link ListenerSettings}. Immutable; made by {@link #builder}.
 *
 * @param id its id, unique in the application, of {@code [A-Za-z0-9_-]}
 * @param subjects subject filters, one or more, all of one stream; several need
 * nats-server 2.10
 * @param durable name of the durable consumer, or {@code null} for
 * {@code <application>_<id>}
 * @param concurrency threads, or {@code null}
 * @param ordering order among the threads
 * @param ackWait how long the broker waits for a sign of life, or {@code null}
 * @param maxInFlight messages delivered and not settled, or {@code null}
 * @param retry attempts and waits, or {@code null}
 * @param maxAttempts attempts in all, in place of those of {@code retry}, or {@code null}
 * @param retryDelay wait before the second attempt, in place of that of {@code retry}, or
 * {@code null}
 * @param maxRetryDelay longest wait, in place of that of {@code retry}, or {@code null}
 * @param maxProcessingTime how long a handler may take, or {@code null}
 * @param autoStartup whether it starts with the application
 * @param prefetch messages to fetch ahead, or 0 to follow the handler's speed
 * @param batchSize largest batch for a batch handler, else 1
 * @param handler the handler
 */
public record ListenerSpec(String id, List<String> subjects, @Nullable String durable, @Nullable Integer concurrency,
		Ordering ordering, @Nullable Duration ackWait, @Nullable Integer maxInFlight, @Nullable RetrySettings retry,
		@Nullable Integer maxAttempts, @Nullable Duration retryDelay, @Nullable Duration maxRetryDelay,
		@Nullable Duration maxProcessingTime, boolean autoStartup, int prefetch, int batchSize,
		ListenerInvoker handler) {

	/**
	 * Checks names and bounds.
	 */
	public ListenerSpec {
		Assert.isTrue(Subjects.isToken(id),
				() -> "A listener's id must be 1 to 128 characters of [A-Za-z0-9_-], not '" + id + "'");
		Assert.notEmpty(subjects, () -> "Listener '" + id + "' has no subject");
		subjects = List.copyOf(subjects);
		subjects.forEach(Subjects::requireFilter);
		Assert.isTrue(durable == null || Subjects.isToken(durable),
				() -> "Listener '" + id + "': durable must be of [A-Za-z0-9_-], not '" + durable + "'");
		Assert.isTrue(concurrency == null || concurrency >= 1,
				() -> "Listener '" + id + "': concurrency must be 1 or more, not " + concurrency);
		Assert.isTrue(ackWait == null || ackWait.compareTo(Duration.ofSeconds(1)) >= 0,
				() -> "Listener '" + id + "': ackWait must be 1 s or more, not " + ackWait);
		Assert.isTrue(prefetch >= 0 && batchSize >= 1,
				() -> "Listener '" + id + "': prefetch must be 0 or more and batchSize 1 or more");
	}

	/**
	 * Starts a listener.
	 * @param id its id, unique in the application
	 * @param subjects subject filters, one or more
	 * @return a builder
	 */
	public static Builder builder(String id, String... subjects) {
		return new Builder(id, List.of(subjects));
	}

	/**
	 * Starts from this listener, to make one that differs in some part.
	 * @return a builder with everything but the handler, which {@link Builder#build()}
	 * takes over
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Collects the parts of a listener. Not thread-safe.
	 */
	public static final class Builder {

		private final String id;

		private final List<String> subjects;

		private @Nullable String durable;

		private @Nullable Integer concurrency;

		private Ordering ordering = Ordering.NONE;

		private @Nullable Duration ackWait;

		private @Nullable Integer maxInFlight;

		private @Nullable RetrySettings retry;

		private @Nullable Integer maxAttempts;

		private @Nullable Duration retryDelay;

		private @Nullable Duration maxRetryDelay;

		private @Nullable Duration maxProcessingTime;

		private boolean autoStartup = true;

		private int prefetch;

		private final @Nullable ListenerSpec origin;

		private Builder(String id, List<String> subjects) {
			this.id = id;
			this.subjects = subjects;
			this.origin = null;
		}

		private Builder(ListenerSpec origin) {
			this.id = origin.id;
			this.subjects = origin.subjects;
			this.origin = origin;
			this.durable = origin.durable;
			this.concurrency = origin.concurrency;
			this.ordering = origin.ordering;
			this.ackWait = origin.ackWait;
			this.maxInFlight = origin.maxInFlight;
			this.retry = origin.retry;
			this.maxAttempts = origin.maxAttempts;
			this.maxProcessingTime = origin.maxProcessingTime;
			this.autoStartup = origin.autoStartup;
			this.prefetch = origin.prefetch;
		}

		/**
		 * Names the durable consumer.
		 * @param name the name; listeners of one name share the work, in whatever
		 * application
		 * @return this
		 */
		public Builder durable(@Nullable String name) {
			this.durable = name;
			return this;
		}

		/**
		 * Sets the number of threads.
		 * @param threads 1 or more
		 * @return this
		 */
		public Builder concurrency(@Nullable Integer threads) {
			this.concurrency = threads;
			return this;
		}

		/**
		 * Sets the order among the threads.
		 * @param order the order
		 * @return this
		 */
		public Builder ordering(Ordering order) {
			this.ordering = order;
			return this;
		}

		/**
		 * Sets how long the broker waits for a sign of life.
		 * @param wait 1 s or more
		 * @return this
		 */
		public Builder ackWait(@Nullable Duration wait) {
			this.ackWait = wait;
			return this;
		}

		/**
		 * Sets how many messages may be delivered and not settled.
		 * @param messages 1 or more
		 * @return this
		 */
		public Builder maxInFlight(@Nullable Integer messages) {
			this.maxInFlight = messages;
			return this;
		}

		/**
		 * Sets attempts and waits.
		 * @param settings attempts and waits
		 * @return this
		 */
		public Builder retry(@Nullable RetrySettings settings) {
			this.retry = settings;
			return this;
		}

		/**
		 * Sets how often a message is tried; the waits stay.
		 * @param attempts attempts in all, 1 or more
		 * @return this
		 */
		public Builder maxAttempts(int attempts) {
			this.maxAttempts = attempts;
			return this;
		}

		/**
		 * Sets the waits between attempts; their number and growth stay.
		 * @param first wait before the second attempt, or {@code null}
		 * @param longest longest wait, or {@code null}; never less than the first
		 * @return this
		 */
		public Builder retryDelays(@Nullable Duration first, @Nullable Duration longest) {
			this.retryDelay = first;
			this.maxRetryDelay = longest;
			return this;
		}

		/**
		 * Sets how long a handler may take.
		 * @param time the longest time
		 * @return this
		 */
		public Builder maxProcessingTime(@Nullable Duration time) {
			this.maxProcessingTime = time;
			return this;
		}

		/**
		 * Sets whether the listener starts with the application.
		 * @param start whether
		 * @return this
		 */
		public Builder autoStartup(boolean start) {
			this.autoStartup = start;
			return this;
		}

		/**
		 * Sets how many messages are fetched ahead.
		 * @param messages the number, 0 to follow the handler's speed
		 * @return this
		 */
		public Builder prefetch(int messages) {
			this.prefetch = messages;
			return this;
		}

		/**
		 * Makes a listener that is acknowledged when its handler returns.
		 * @param handler the handler
		 * @return the listener
		 */
		public ListenerSpec handler(AfMessageHandler handler) {
			return build(ListenerInvoker.of(handler), 1);
		}

		/**
		 * Makes a listener that acknowledges by itself.
		 * @param handler the handler
		 * @return the listener
		 */
		public ListenerSpec acknowledgingHandler(AfAcknowledgingHandler handler) {
			return build(ListenerInvoker.of(handler), 1);
		}

		/**
		 * Makes a listener of batches.
		 * @param batchSize largest batch, 1 or more
		 * @param handler the handler
		 * @return the listener
		 */
		public ListenerSpec batchHandler(int batchSize, AfBatchHandler handler) {
			return build(ListenerInvoker.of(handler), batchSize);
		}

		/**
		 * Makes a listener with the handler of the one this builder started from.
		 * @return the listener
		 * @throws IllegalStateException if it was not made by
		 * {@link ListenerSpec#toBuilder()}
		 */
		public ListenerSpec build() {
			Assert.state(this.origin != null, "A listener needs a handler");
			return build(this.origin.handler, this.origin.batchSize);
		}

		private ListenerSpec build(ListenerInvoker invoker, int batchSize) {
			return new ListenerSpec(this.id, this.subjects, this.durable, this.concurrency, this.ordering, this.ackWait,
					this.maxInFlight, this.retry, this.maxAttempts, this.retryDelay, this.maxRetryDelay,
					this.maxProcessingTime, this.autoStartup, this.prefetch, batchSize, invoker);
		}

	}

}
