package io.agentflow.messaging.deadletter;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessagingException;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.publish.Completions;
import io.agentflow.messaging.publish.PublishReceipt;
import io.agentflow.messaging.publish.RawPublisher;
import io.agentflow.messaging.stream.StreamScan;

/**
 * The dead letters in their stream.
 */
final class StoredDeadLetters implements DeadLetters {

	private static final Duration STALL_TIMEOUT = Duration.ofSeconds(30);

	/** Codes of a sequence that is not there; the last two answer to a deletion. */
	private static final Set<Integer> MISSING = Set.of(10037, 10043, 10057);

	private final BusConnection bus;

	private final RawPublisher publisher;

	private final StoredMessages messages;

	StoredDeadLetters(BusConnection bus, RawPublisher publisher) {
		this.bus = bus;
		this.publisher = publisher;
		this.messages = new StoredMessages(bus);
	}

	@Override
	public Stream<DeadLetter> find(DeadLetterQuery query) {
		StreamScan.Range range = new StreamScan.Range(List.of(Subjects.DEAD_LETTER_PREFIX + query.subject()),
				(query.afterSequence() > 0) ? query.afterSequence() + 1 : 0,
				(query.afterSequence() > 0) ? null : query.from(), 0, false);
		StreamScan scan = StreamScan.open(this.bus, STREAM, range, STALL_TIMEOUT);
		return Stream.generate(scan::next)
			.takeWhile(Objects::nonNull)
			.map(StoredDeadLetters::read)
			.filter(query::selects)
			.onClose(scan::close);
	}

	private static DeadLetter read(@Nullable Message message) {
		Message stored = Objects.requireNonNull(message);
		return DeadLetterFormat.read(stored.metaData().streamSequence(), stored.getHeaders(), stored.getData());
	}

	@Override
	public @Nullable DeadLetter get(long sequence) {
		MessageInfo info = this.messages.read(STREAM, sequence);
		return (info != null) ? DeadLetterFormat.read(sequence, info.getHeaders(), info.getData()) : null;
	}

	@Override
	public PublishReceipt redrive(long sequence) {
		MessageInfo info = this.messages.read(STREAM, sequence);
		if (info == null) {
			throw new AfMessagingException("There is no dead letter " + sequence + " in stream " + STREAM);
		}
		DeadLetter letter = DeadLetterFormat.read(sequence, info.getHeaders(), info.getData());
		Headers headers = DeadLetterFormat.originalHeaders(info.getHeaders());
		headers.put(DeadLetterHeaders.REDRIVE, Long.toString(sequence));
		headers.put(DeadLetterHeaders.REDRIVE_CONSUMER, letter.consumer());
		String messageId = (letter.messageId() != null) ? letter.messageId() : "";
		try {
			PublishReceipt receipt = this.publisher
				.publish(letter.subject(), headers, bodyOf(letter),
						DeadLetterHeaders.redriveId(Long.toString(sequence), messageId))
				.join();
			drop(sequence);
			return receipt;
		}
		catch (CompletionException ex) {
			Throwable cause = Completions.causeOf(ex);
			throw new AfMessagingException("Dead letter " + sequence + " could not be sent again to " + letter.subject()
					+ "; it is kept. " + cause.getMessage(), cause);
		}
	}

	private byte[] bodyOf(DeadLetter letter) {
		if (!letter.bodyOmitted()) {
			return letter.body();
		}
		MessageInfo original = this.messages.read(letter.stream(), letter.streamSequence());
		if (original == null || original.getData() == null) {
			throw new AfMessagingException("Dead letter " + letter.sequence() + " was kept without its body, and "
					+ letter.stream() + "/" + letter.streamSequence() + " no longer has it");
		}
		return original.getData();
	}

	@Override
	public long redriveAll(DeadLetterQuery query) {
		long sent = 0;
		try (Stream<DeadLetter> letters = find(query)) {
			for (DeadLetter letter : (Iterable<DeadLetter>) letters::iterator) {
				redrive(letter.sequence());
				sent++;
			}
		}
		return sent;
	}

	@Override
	public boolean drop(long sequence) {
		try {
			return this.bus.current().jetStreamManagement().deleteMessage(STREAM, sequence, false);
		}
		catch (JetStreamApiException ex) {
			if (isMissing(ex)) {
				return false;
			}
			throw failed("drop dead letter " + sequence + " from", STREAM, ex);
		}
		catch (IOException ex) {
			throw failed("drop dead letter " + sequence + " from", STREAM, ex);
		}
	}

	@Override
	public long count() {
		try {
			return this.bus.current().jetStreamManagement().getStreamInfo(STREAM).getStreamState().getMsgCount();
		}
		catch (IOException | JetStreamApiException ex) {
			throw failed("count", STREAM, ex);
		}
	}

	private static boolean isMissing(JetStreamApiException ex) {
		return MISSING.contains(ex.getApiErrorCode()) || ex.getErrorCode() == 404;
	}

	private static AfMessagingException failed(String what, String stream, Exception cause) {
		return new AfMessagingException("Cannot " + what + " stream " + stream + ": " + cause.getMessage(), cause);
	}

}
