package io.agentflow.messaging.listener;

import java.util.Objects;

import io.nats.client.impl.NatsJetStreamMetaData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.codec.InvalidMessageException;
import io.agentflow.messaging.failure.FailureReason;

/**
 * One line for each message that was refused. Fields go as key-value pairs, so that a
 * JSON log has them as members.
 */
final class AuditLog {

	private static final Logger logger = LoggerFactory.getLogger("af.audit");

	private AuditLog() {
	}

	static void refused(Inbound inbound, FailureReason reason, InvalidMessageException refusal) {
		NatsJetStreamMetaData meta = inbound.message().metaData();
		logger.atWarn()
			.addKeyValue("audit", "refused")
			.addKeyValue("reason", reason)
			.addKeyValue("subject", inbound.message().getSubject())
			.addKeyValue("stream", meta.getStream())
			.addKeyValue("sequence", meta.streamSequence())
			.addKeyValue("consumer", meta.getConsumer())
			.addKeyValue("refused_id", Objects.requireNonNullElse(refusal.messageId(), ""))
			.log("Refused {}/{} on {} for {}: {}", meta.getStream(), meta.streamSequence(),
					inbound.message().getSubject(), reason, refusal.getMessage());
	}

}
