package io.agentflow.messaging.listener;

import java.util.List;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.codec.InvalidMessageException;
import io.agentflow.messaging.deadletter.DeadLetterHeaders;
import io.agentflow.messaging.failure.FailureReason;

/**
 * Outcome of reading and verifying one delivery: a message, or why there is none.
 *
 * @param message the message, or {@code null} if refused
 * @param reason why it was refused, or {@code null}
 * @param refusal what refused it, or {@code null}
 */
record Decoding(@Nullable AfMessage<JsonNode> message, @Nullable FailureReason reason,
		@Nullable InvalidMessageException refusal) {

	private static final String MSG_ID = "Nats-Msg-Id";

	static Decoding of(Message message, EnvelopeCodec codec) {
		try {
			AfMessage<JsonNode> decoded = codec.decode(message.getData()).message();
			InvalidMessageException mismatch = checkId(message.getHeaders(), decoded.id());
			return (mismatch != null) ? new Decoding(null, FailureReason.ID_MISMATCH, mismatch)
					: new Decoding(decoded, null, null);
		}
		catch (InvalidMessageException ex) {
			return new Decoding(null, FailureReason.valueOf(ex.reason().name()), ex);
		}
	}

	/**
	 * Without this check, a valid message could be stored again under an id of its own.
	 */
	private static @Nullable InvalidMessageException checkId(@Nullable Headers headers, String id) {
		String header = (headers != null) ? headers.getFirst(MSG_ID) : null;
		if (headers == null || header == null || header.equals(id)) {
			return null;
		}
		String redrive = headers.getFirst(DeadLetterHeaders.REDRIVE);
		if (redrive != null && header.equals(DeadLetterHeaders.redriveId(redrive, id))) {
			return null;
		}
		return new InvalidMessageException(InvalidMessageException.Reason.SCHEMA,
				List.of(new InvalidMessageException.Violation("/id", "another id than in header " + MSG_ID,
						"the same id in both")),
				id, null);
	}

	/**
	 * Key of {@link Ordering#BY_KEY}.
	 */
	String key(String subject) {
		if (this.message == null) {
			return subject;
		}
		String workflow = this.message.workflowId();
		if (workflow != null) {
			return "w:" + workflow;
		}
		String agent = this.message.agentId();
		return (agent != null) ? "a:" + agent : subject;
	}

}
