package io.agentflow.messaging.observation;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import io.agentflow.messaging.AfMessage;

/**
 * Puts a message's ids into the logging context of the current thread. Each is there
 * twice: under its own name, for patterns and other formatters, and under
 * {@link #PREFIX}, by which a log formatter tells ours from what application code has put
 * under the same name. That proof travels with the context to other threads.
 */
public final class MessageMdc implements AutoCloseable {

	/** Stands before the names of the ids' second entries. */
	public static final String PREFIX = "af.";

	/** Key of the message's id. */
	public static final String MESSAGE_ID = "message_id";

	/** Key of the workflow. */
	public static final String WORKFLOW_ID = "workflow_id";

	/** Key of the agent. */
	public static final String AGENT_ID = "agent_id";

	/** Key of the correlation id. */
	public static final String CORRELATION_ID = "correlation_id";

	/** Key of the message's trace id, for logs where there is no tracer. */
	public static final String TRACE_ID = "trace_id";

	/** Key of the id of the message's publish span, for logs where there is no tracer. */
	public static final String SPAN_ID = "span_id";

	private final Map<String, @Nullable String> before = new HashMap<>();

	private MessageMdc() {
	}

	/**
	 * Puts the ids that the message has; keys that it has no value for are taken out, so
	 * that nothing is left of an outer message. Only its trace ids stay those of the
	 * outer message as long as it has none of its own.
	 * @param message the message
	 * @return to be closed on the same thread, which restores what was there before
	 */
	public static MessageMdc open(AfMessage<?> message) {
		MessageMdc scope = new MessageMdc();
		scope.put(MESSAGE_ID, message.id());
		scope.put(WORKFLOW_ID, message.workflowId());
		scope.put(AGENT_ID, message.agentId());
		scope.put(CORRELATION_ID, message.correlationId());
		if (!message.traceId().isEmpty()) {
			scope.put(TRACE_ID, message.traceId());
			scope.put(SPAN_ID, message.spanId());
		}
		return scope;
	}

	@Override
	public void close() {
		this.before.forEach(MessageMdc::set);
	}

	private void put(String key, @Nullable String value) {
		putOne(key, value);
		putOne(PREFIX + key, value);
	}

	private void putOne(String key, @Nullable String value) {
		this.before.put(key, MDC.get(key));
		set(key, value);
	}

	private static void set(String key, @Nullable String value) {
		if (value != null) {
			MDC.put(key, value);
		}
		else {
			MDC.remove(key);
		}
	}

}
