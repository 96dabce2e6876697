package io.agentflow.messaging.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.codec.InvalidMessageException;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.listener.Acknowledgment;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.listener.AfMessageHandler;
import io.agentflow.messaging.listener.ListenerInvoker;
import io.agentflow.messaging.listener.Received;
import io.agentflow.messaging.observation.AfLinkedContext;
import io.agentflow.messaging.observation.AuditLog;
import io.agentflow.messaging.observation.MessageMdc;
import io.agentflow.messaging.observation.MessageObservations;
import io.agentflow.messaging.observation.MessageObservations.Ongoing;
import io.agentflow.messaging.observation.MessageObservations.Scope;
import io.agentflow.messaging.stream.HeaderMap;
import io.agentflow.messaging.stream.StreamScan;
import io.agentflow.messaging.stream.StreamSpec;
import io.agentflow.messaging.stream.StreamTopology;

/**
 * Replays by passes over streams.
 */
final class StreamReplay implements AfReplay {

	private static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);

	private final BusConnection bus;

	private final EnvelopeCodec codec;

	private final StreamTopology topology;

	private final MessageObservations observations;

	StreamReplay(BusConnection bus, EnvelopeCodec codec, StreamTopology topology, MessageObservations observations) {
		this.bus = bus;
		this.codec = codec;
		this.topology = topology;
		this.observations = observations;
	}

	@Override
	public Stream<ReplayedMessage> stream(ReplayRequest request) {
		StreamScan.Range range = new StreamScan.Range(request.subjects(), request.fromSequence(), request.from(),
				request.toSequence(), false);
		StreamScan scan = StreamScan.open(this.bus, streamOf(request), range, STALL_TIMEOUT);
		Stream<ReplayedMessage> messages = Stream.generate(() -> next(scan, request))
			.takeWhile(Objects::nonNull)
			.map(Objects::requireNonNull)
			.filter((message) -> message.message() == null || request.selects(message.message()))
			.onClose(scan::close);
		return (request.messageId() != null) ? messages.filter(ReplayedMessage::isValid).limit(1) : messages;
	}

	private @Nullable ReplayedMessage next(StreamScan scan, ReplayRequest request) {
		Message message = scan.next();
		if (message == null || isAfter(message.metaData().timestamp(), request.to())) {
			return null;
		}
		Delivery delivery = delivery(message);
		try {
			return new ReplayedMessage(this.codec.decode(message.getData()).message(), delivery, null);
		}
		catch (InvalidMessageException ex) {
			AuditLog.refused(message, ex.reason(), ex.messageId(), ex.getMessage());
			return new ReplayedMessage(null, delivery, ex);
		}
	}

	private static boolean isAfter(ZonedDateTime stored, @Nullable Instant end) {
		return end != null && !stored.toInstant().isBefore(end);
	}

	private static Delivery delivery(Message message) {
		NatsJetStreamMetaData meta = message.metaData();
		return new Delivery(message.getSubject(), meta.getStream(), "", meta.streamSequence(), 1,
				meta.timestamp().toInstant(), meta.pendingCount(), true, HeaderMap.of(message.getHeaders()));
	}

	@Override
	public ReplayResult replay(ReplayRequest request, AfMessageHandler handler) {
		Tally tally = new Tally();
		try (Stream<ReplayedMessage> messages = stream(request)) {
			messages.forEachOrdered((message) -> hand(message, handler, tally));
		}
		return tally.result();
	}

	private void hand(ReplayedMessage replayed, AfMessageHandler handler, Tally tally) {
		AfMessage<JsonNode> message = replayed.message();
		if (message == null) {
			tally.refused(replayed);
			return;
		}
		Ongoing observation = this.observations.linked(AfLinkedContext.replay(replayed.delivery(), message));
		try (Scope scope = observation.openScope(); MessageMdc mdc = MessageMdc.open(message)) {
			handler.handle(message, replayed.delivery());
			tally.replayed(replayed);
		}
		catch (Exception ex) {
			observation.error(ex);
			if (ex instanceof InterruptedException) {
				Thread.currentThread().interrupt();
			}
			tally.failed(replayed, ex);
		}
		finally {
			observation.stop();
		}
	}

	@Override
	public ReplayResult replayTo(ReplayRequest request, AfListenerRegistry registry, String listenerId) {
		ListenerInvoker invoker = registry.invoker(listenerId);
		return replay(request,
				(message, delivery) -> invoker.invoke(List.of(new Received(message, delivery)), Unsettled.INSTANCE));
	}

	private String streamOf(ReplayRequest request) {
		StreamSpec found = null;
		for (String subject : request.subjects()) {
			StreamSpec stream = this.topology.streamFor(subject);
			if (stream == null || (found != null && found != stream)) {
				throw new IllegalArgumentException("No one stream keeps all of " + request.subjects()
						+ "; replay what different streams keep one after the other");
			}
			found = stream;
		}
		return Objects.requireNonNull(found).name();
	}

	/**
	 * Counts as it goes.
	 */
	private static final class Tally {

		private final List<ReplayResult.Refusal> refusals = new ArrayList<>();

		private final List<ReplayResult.Failed> failures = new ArrayList<>();

		private long replayed;

		private long refused;

		private long failed;

		private long last;

		void replayed(ReplayedMessage message) {
			this.replayed++;
			this.last = message.delivery().sequence();
		}

		void refused(ReplayedMessage message) {
			this.last = message.delivery().sequence();
			InvalidMessageException refusal = Objects.requireNonNull(message.refusal());
			if (this.refused++ < ReplayResult.MAX_REFUSALS) {
				this.refusals.add(new ReplayResult.Refusal(message.delivery().subject(), this.last, refusal.reason(),
						String.valueOf(refusal.getMessage())));
			}
		}

		void failed(ReplayedMessage message, Exception cause) {
			this.last = message.delivery().sequence();
			if (this.failed++ < ReplayResult.MAX_REFUSALS) {
				this.failures.add(new ReplayResult.Failed(message.delivery().subject(), this.last, cause));
			}
		}

		ReplayResult result() {
			return new ReplayResult(this.replayed, this.refused, List.copyOf(this.refusals), this.failed,
					List.copyOf(this.failures), this.last);
		}

	}

	/**
	 * History cannot be acknowledged.
	 */
	private enum Unsettled implements Acknowledgment {

		INSTANCE;

		@Override
		public void acknowledge() {
		}

		@Override
		public void retry(Duration delay) {
		}

		@Override
		public void reject(String why) {
		}

	}

}
