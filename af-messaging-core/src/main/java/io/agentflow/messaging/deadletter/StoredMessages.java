package io.agentflow.messaging.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

import io.nats.client.api.MessageInfo;

import io.agentflow.messaging.AfMessagingException;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.publish.Completions;

/**
 * Reads single messages of streams. Asks the leader: the client prefers a direct get,
 * which any replica answers, also one that does not have the message yet, and to take
 * that for "gone" would lose it.
 */
final class StoredMessages {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	/** "no message found": the sequence is not, or no longer, in the stream. */
	private static final int NO_MESSAGE_FOUND = 10037;

	private static final int NOT_FOUND = 404;

	private final BusConnection bus;

	StoredMessages(BusConnection bus) {
		this.bus = bus;
	}

	/**
	 * Reads a message.
	 * @return the message, or {@code null} if there is none of that sequence
	 * @throws AfMessagingException if it cannot be read
	 */
	@Nullable MessageInfo read(String stream, long sequence) {
		String subject = "$JS.API.STREAM.MSG.GET." + stream;
		byte[] question = ("{\"seq\":" + sequence + "}").getBytes(StandardCharsets.UTF_8);
		MessageInfo found;
		try {
			found = new MessageInfo(this.bus.current().requestWithTimeout(subject, question, TIMEOUT).join(), stream,
					false);
		}
		catch (CompletionException | CancellationException ex) {
			Throwable cause = Completions.causeOf(ex);
			throw new AfMessagingException("Cannot read message " + sequence + " of stream " + stream + ": "
					+ cause.getMessage() + ". May this user publish to " + subject + "?", cause);
		}
		if (!found.hasError()) {
			return found;
		}
		if (found.getApiErrorCode() == NO_MESSAGE_FOUND || found.getErrorCode() == NOT_FOUND) {
			return null;
		}
		throw new AfMessagingException(
				"Cannot read message " + sequence + " of stream " + stream + ": " + found.getError());
	}

}
