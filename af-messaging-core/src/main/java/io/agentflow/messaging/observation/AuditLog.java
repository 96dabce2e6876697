package io.agentflow.messaging.observation;

import java.util.Objects;

import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line on logger {@code af.audit} for each message that was refused. Fields go as
 * key-value pairs, so that a JSON log has them as members. What a refused message says of
 * itself is not proven: its id goes under a name of its own, and the line is in the trace
 * of the headers, where the sender's other lines are.
 */
public final class AuditLog {

	private static final Logger logger = LoggerFactory.getLogger("af.audit");

	private AuditLog() {
	}

	/**
	 * Notes a refusal.
	 * @param message the message as it came from the broker
	 * @param reason which rule family it breaks
	 * @param id its id as far as it could be read, or {@code null}
	 * @param violations what is wrong with it, without its content
	 */
	public static void refused(Message message, Enum<?> reason, @Nullable String id, @Nullable String violations) {
		NatsJetStreamMetaData meta = message.metaData();
		try (MessageMdc trace = MessageMdc.open(TraceContext.find(message.getHeaders(), null))) {
			logger.atWarn()
				.addKeyValue("audit", "refused")
				.addKeyValue("reason", reason.name())
				.addKeyValue("subject", message.getSubject())
				.addKeyValue("stream", meta.getStream())
				.addKeyValue("sequence", meta.streamSequence())
				.addKeyValue("consumer", meta.getConsumer())
				.addKeyValue("refused_id", Objects.requireNonNullElse(id, ""))
				.log("Refused {}/{} on {} for {}: {}", meta.getStream(), meta.streamSequence(), message.getSubject(),
						reason, violations);
		}
	}

}
