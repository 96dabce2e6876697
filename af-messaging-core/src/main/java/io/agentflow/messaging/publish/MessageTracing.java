package io.agentflow.messaging.publish;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.MessageType;
import io.agentflow.messaging.MetadataKeys;
import io.agentflow.messaging.codec.CanonicalForm;
import io.agentflow.messaging.observation.TraceContext;
import io.nats.client.impl.Headers;

/**
 * Gives a message the ids of the span that publishes it. This comes before the hash,
 * which covers them.
 */
final class MessageTracing {

	private final boolean traceparentInMetadata;

	MessageTracing(CanonicalForm form) {
		// The Go implementation reads its parent span from the metadata.
		this.traceparentInMetadata = form == CanonicalForm.AGENTFLOW_GO;
	}

	static Headers contractHeaders() {
		return new Headers().put("Content-Type", "application/json").put("Af-Contract", "1");
	}

	/**
	 * Takes the span from the headers, where a tracer has put it. Without a tracer the
	 * message keeps its ids, missing ones are made, and the headers say so.
	 */
	AfMessage<?> apply(AfMessage<?> message, Headers headers) {
		TraceContext span = TraceContext.parse(headers.getFirst(TraceContext.TRACEPARENT));
		if (span == null) {
			span = TraceContext.of(message.traceId(), message.spanId(), 0);
			span = (span != null) ? span : TraceContext.generate(message.traceId());
			headers.put(TraceContext.TRACEPARENT, span.traceparent());
		}
		AfMessage.Builder<?> traced = message.toBuilder().traceId(span.traceId()).spanId(span.spanId());
		if (message.type() == MessageType.REQUEST && message.correlationId() == null) {
			traced.correlationId(message.id());
		}
		if (this.traceparentInMetadata) {
			traced.metadata(MetadataKeys.TRACEPARENT, span.traceparent());
		}
		return traced.build();
	}

}
