package io.agentflow.messaging.listener;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ReplayPolicy;
import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.failure.RetrySettings;
import io.agentflow.messaging.stream.StreamSpec;
import io.agentflow.messaging.stream.StreamTopology;

/**
 * A listener with nothing left open: its own settings over those of all, and the stream
 * that its subjects are in.
 */
record ResolvedListener(String id, String stream, String durable, List<String> subjects, int concurrency,
		Ordering ordering, Duration ackWait, int maxInFlight, RetrySettings retry, Duration maxProcessingTime,
		boolean autoStartup, int prefetch, int batchSize, ListenerInvoker invoker) {

	static ResolvedListener of(ListenerSpec spec, ListenerSettings settings, StreamTopology topology) {
		return new ResolvedListener(spec.id(), streamOf(spec, topology),
				orElse(spec.durable(), settings.application() + "_" + spec.id()), spec.subjects(),
				orElse(spec.concurrency(), settings.concurrency()), spec.ordering(),
				orElse(spec.ackWait(), settings.ackWait()), orElse(spec.maxInFlight(), settings.maxInFlight()),
				retryOf(spec, settings), orElse(spec.maxProcessingTime(), settings.maxProcessingTime()),
				spec.autoStartup(), spec.prefetch(), spec.batchSize(), spec.handler());
	}

	private static RetrySettings retryOf(ListenerSpec spec, ListenerSettings settings) {
		RetrySettings retry = orElse(spec.retry(), settings.retry());
		Duration first = orElse(spec.retryDelay(), retry.initialDelay());
		Duration longest = orElse(spec.maxRetryDelay(), retry.maxDelay());
		// One that is set alone must not contradict the common other one.
		if (longest.compareTo(first) < 0) {
			longest = (spec.maxRetryDelay() != null) ? longest : first;
			first = (spec.retryDelay() != null) ? first : longest;
		}
		retry = retry.withDelays(first, longest);
		return (spec.maxAttempts() != null) ? retry.withMaxAttempts(spec.maxAttempts()) : retry;
	}

	private static <T> T orElse(@Nullable T own, T common) {
		return (own != null) ? own : common;
	}

	private static String streamOf(ListenerSpec spec, StreamTopology topology) {
		String found = null;
		for (String subject : spec.subjects()) {
			StreamSpec stream = topology.streamFor(subject);
			if (stream == null) {
				throw new ListenerDefinitionException(
						"Listener '" + spec.id() + "': no stream keeps subject '" + subject + "'. Known streams are "
								+ topology.streams().stream().map((known) -> known.name() + known.subjects()).toList()
								+ ". Correct the subject, or add a stream under af.bus.streams.additional");
			}
			if (found != null && !found.equals(stream.name())) {
				throw new ListenerDefinitionException(
						"Listener '" + spec.id() + "': its subjects are kept by two streams, " + found + " and "
								+ stream.name() + ". Write one listener for each stream");
			}
			found = stream.name();
		}
		return Objects.requireNonNull(found);
	}

	/**
	 * The durable consumer as the server should have it. The server's own limit of
	 * deliveries is off: a message that reaches it would be parked without a word. The
	 * deliver policy is left open (which is "all"), so that a consumer that had to be
	 * made anew from a later sequence does not count as different.
	 */
	ConsumerConfiguration consumer() {
		ConsumerConfiguration.Builder builder = ConsumerConfiguration.builder()
			.durable(this.durable)
			.ackPolicy(AckPolicy.Explicit)
			.replayPolicy(ReplayPolicy.Instant)
			.ackWait(this.ackWait)
			.maxAckPending(this.maxInFlight)
			.maxDeliver(-1);
		if (this.subjects.size() == 1) {
			builder.filterSubject(this.subjects.get(0));
		}
		else {
			builder.filterSubjects(this.subjects);
		}
		return builder.build();
	}

	/**
	 * Deliveries after which a message is given up without another attempt. Twice the
	 * attempts: a delivery also counts when the process died before it reached the
	 * handler.
	 */
	long maxDeliveries() {
		return 2L * this.retry.maxAttempts();
	}

}
