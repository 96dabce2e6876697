package io.agentflow.messaging.publish;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.MetadataKeys;
import io.agentflow.messaging.codec.EncodedMessage;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.codec.InvalidMessageException;
import io.agentflow.messaging.codec.PayloadConversionException;
import io.agentflow.messaging.connection.BusConnection;
import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import tools.jackson.databind.JsonNode;

/**
 * Finds out whether the message that the broker calls a duplicate is the same one. The
 * broker compares nothing but ids.
 */
final class DuplicateCheck {

	private static final Logger logger = LoggerFactory.getLogger(DuplicateCheck.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final BusConnection connection;

	private final EnvelopeCodec codec;

	DuplicateCheck(BusConnection connection, EnvelopeCodec codec) {
		this.connection = connection;
		this.codec = codec;
	}

	/**
	 * Compares what is stored with what was to be stored.
	 * @return completes with whether both are the same message, also if that cannot be
	 * found out: the stored one may be gone, or may not be read by this user
	 */
	CompletableFuture<Boolean> isSame(PublishReceipt receipt, AfMessage<?> message, EncodedMessage encoded) {
		byte[] question = ("{\"seq\":" + receipt.sequence() + "}").getBytes(StandardCharsets.UTF_8);
		try {
			return this.connection.current()
				.requestWithTimeout("$JS.API.STREAM.MSG.GET." + receipt.stream(), question, TIMEOUT)
				.handle((answer, failure) -> failure != null || isSame(receipt, answer, message, encoded));
		}
		catch (RuntimeException ex) {
			logger.debug("Duplicate of message {} could not be read", receipt.messageId(), ex);
			return CompletableFuture.completedFuture(true);
		}
	}

	private boolean isSame(PublishReceipt receipt, Message answer, AfMessage<?> message, EncodedMessage encoded) {
		try {
			byte[] stored = new MessageInfo(answer, receipt.stream(), false).getData();
			return stored == null || Arrays.equals(stored, encoded.bytes()) || isSameContent(stored, message);
		}
		catch (RuntimeException ex) {
			logger.debug("Duplicate of message {} could not be read", receipt.messageId(), ex);
			return true;
		}
	}

	/**
	 * The same message published again takes part in another span, and so has other trace
	 * ids and another hash. With the stored one's trace it must hash the same.
	 */
	private boolean isSameContent(byte[] stored, AfMessage<?> message) {
		try {
			AfMessage<JsonNode> other = this.codec.decode(stored).message();
			AfMessage.Builder<?> retraced = message.toBuilder().traceId(other.traceId()).spanId(other.spanId());
			if (other.metadata().containsKey(MetadataKeys.TRACEPARENT)) {
				retraced.metadata(MetadataKeys.TRACEPARENT, other.metadata().get(MetadataKeys.TRACEPARENT));
			}
			return this.codec.encode(retraced.build()).envelopeHash().equals(other.envelopeHash());
		}
		catch (InvalidMessageException | PayloadConversionException ex) {
			return false;
		}
	}

}
