package io.agentflow.messaging.stream;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.nats.client.ConsumeOptions;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import io.nats.client.OrderedConsumerContext;
import io.nats.client.StreamContext;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.OrderedConsumerConfiguration;
import io.nats.client.api.StreamState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.AfMessagingException;
import io.agentflow.messaging.connection.BusConnection;

/**
 * One pass over what a stream holds now, in stream order: what is stored after the pass
 * has begun is not part of it. Reads through an ordered consumer of its own, which
 * {@link #close()} removes from the server; durable consumers are not touched. Holds at
 * most {@value #BATCH} messages in memory. Not thread-safe.
 */
public final class StreamScan implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(StreamScan.class);

	/**
	 * Few enough that a batch of the largest messages (1 MB by default) fits anywhere.
	 */
	private static final int BATCH = 64;

	private static final Duration POLL = Duration.ofMillis(500);

	private final String stream;

	private final Duration stallTimeout;

	private final StreamContext context;

	private final @Nullable OrderedConsumerContext ordered;

	private final @Nullable IterableConsumer messages;

	private final long lastSequence;

	private long position;

	private boolean done;

	private StreamScan(BusConnection bus, String stream, Range range, Duration stallTimeout)
			throws IOException, JetStreamApiException {
		this.stream = stream;
		this.stallTimeout = stallTimeout;
		this.context = bus.current().getStreamContext(stream);
		StreamState state = this.context.getStreamInfo().getStreamState();
		this.lastSequence = (range.lastSequence() > 0) ? Math.min(range.lastSequence(), state.getLastSequence())
				: state.getLastSequence();
		if (state.getMsgCount() == 0 || range.firstSequence() > this.lastSequence) {
			this.ordered = null;
			this.messages = null;
			this.done = true;
			return;
		}
		this.ordered = this.context.createOrderedConsumer(range.configuration());
		this.messages = this.ordered.iterate(ConsumeOptions.builder().batchSize(BATCH).build());
		this.done = nothingSelected(this.messages.getConsumerInfo());
	}

	/**
	 * Begins a pass.
	 * @param bus the connection
	 * @param stream name of the stream
	 * @param range what to read
	 * @param stallTimeout how long the broker may be silent, an outage included, before
	 * the pass fails
	 * @return the pass; close it
	 * @throws AfMessagingException if the stream is not there or cannot be read
	 */
	public static StreamScan open(BusConnection bus, String stream, Range range, Duration stallTimeout) {
		try {
			return new StreamScan(bus, stream, range, stallTimeout);
		}
		catch (IOException | JetStreamApiException ex) {
			throw new AfMessagingException("Cannot read stream " + stream + ": " + ex.getMessage()
					+ ". Is it there, and may this user read it ($JS.API.STREAM.INFO." + stream
					+ ", $JS.API.CONSUMER.CREATE." + stream + ".>)?", ex);
		}
	}

	/**
	 * Returns the next message.
	 * @return the message, or {@code null} at the end
	 * @throws AfMessagingException if the broker was silent for too long, or on interrupt
	 */
	public @Nullable Message next() {
		IterableConsumer source = this.messages;
		if (this.done || source == null) {
			return null;
		}
		Message message = await(source);
		this.position = message.metaData().streamSequence();
		if (this.position >= this.lastSequence || message.metaData().pendingCount() == 0) {
			this.done = true;
		}
		return (this.position <= this.lastSequence) ? message : null;
	}

	private Message await(IterableConsumer source) {
		long deadline = System.nanoTime() + this.stallTimeout.toNanos();
		try {
			while (true) {
				Message message = source.nextMessage(POLL);
				if (message != null) {
					return message;
				}
				if (System.nanoTime() - deadline > 0) {
					throw new AfMessagingException("Reading stream " + this.stream + " stalled after sequence "
							+ this.position + ": nothing came for " + this.stallTimeout.toSeconds() + " s");
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AfMessagingException("Interrupted while reading stream " + this.stream, ex);
		}
		catch (JetStreamStatusCheckedException ex) {
			throw new AfMessagingException("Reading stream " + this.stream + " failed after sequence " + this.position
					+ ": " + ex.getMessage(), ex);
		}
	}

	@Override
	public void close() {
		this.done = true;
		if (this.messages == null || this.ordered == null) {
			return;
		}
		try {
			this.messages.close();
			this.context.deleteConsumer(this.ordered.getConsumerName());
		}
		catch (Exception ex) {
			// The server removes an abandoned ordered consumer by itself after a while.
			logger.debug("Could not remove the ordered consumer of a pass over stream {}: {}", this.stream,
					ex.getMessage());
		}
	}

	private static boolean nothingSelected(ConsumerInfo info) {
		return info.getNumPending() == 0 && info.getDelivered().getConsumerSequence() == 0;
	}

	/**
	 * Which part of a stream to read. Immutable.
	 *
	 * @param subjects filters, any of which selects a message; empty for all
	 * @param firstSequence first sequence, 0 for the stream's first
	 * @param firstTime read from the first message stored at or after it, {@code null}
	 * for the stream's first; not together with a sequence
	 * @param lastSequence last sequence, 0 for the last at the beginning of the pass
	 * @param headersOnly whether bodies are left out
	 */
	public record Range(List<String> subjects, long firstSequence, @Nullable Instant firstTime, long lastSequence,
			boolean headersOnly) {

		/**
		 * Checks the bounds.
		 */
		public Range {
			subjects = List.copyOf(subjects);
			if (firstSequence > 0 && firstTime != null) {
				throw new IllegalArgumentException("A range begins at a sequence or at a time, not at both");
			}
		}

		/**
		 * Everything on some subjects.
		 * @param subjects filters; none for all subjects
		 * @return the range
		 */
		public static Range of(String... subjects) {
			return new Range(List.of(subjects), 0, null, 0, false);
		}

		OrderedConsumerConfiguration configuration() {
			OrderedConsumerConfiguration configuration = new OrderedConsumerConfiguration();
			if (!this.subjects.isEmpty()) {
				configuration.filterSubjects(this.subjects);
			}
			if (this.headersOnly) {
				configuration.headersOnly(true);
			}
			if (this.firstSequence > 0) {
				configuration.deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(this.firstSequence);
			}
			else if (this.firstTime != null) {
				configuration.deliverPolicy(DeliverPolicy.ByStartTime).startTime(this.firstTime.atZone(ZoneOffset.UTC));
			}
			else {
				configuration.deliverPolicy(DeliverPolicy.All);
			}
			return configuration;
		}

	}

}
