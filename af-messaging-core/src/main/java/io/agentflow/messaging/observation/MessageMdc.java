package io.agentflow.messaging.observation;

import java.util.stream.Stream;

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

	private static final String[] KEYS = { MESSAGE_ID, WORKFLOW_ID, AGENT_ID, CORRELATION_ID, TRACE_ID, SPAN_ID };

	/** Each key, and its second entry behind it. */
	private static final String[] ENTRIES = Stream.of(KEYS)
		.flatMap((key) -> Stream.of(key, PREFIX + key))
		.toArray(String[]::new);

	private static final int WITHOUT_TRACE = ENTRIES.length - 4;

	private final @Nullable String[] before = new String[ENTRIES.length];

	/** The entries that are set: from this one on … */
	private final int first;

	/** … to the one before this. */
	private final int end;

	private MessageMdc(int first, int end) {
		this.first = first;
		this.end = end;
	}

	/**
	 * Puts the ids that the message has; keys that it has no value for are taken out, so
	 * that nothing is left of an outer message. Only its trace ids stay those of the
	 * outer message as long as it has none of its own.
	 * @param message the message
	 * @return to be closed on the same thread, which restores what was there before
	 */
	public static MessageMdc open(AfMessage<?> message) {
		boolean traced = !message.traceId().isEmpty();
		MessageMdc scope = new MessageMdc(0, traced ? ENTRIES.length : WITHOUT_TRACE);
		scope.put(0, message.id());
		scope.put(2, message.workflowId());
		scope.put(4, message.agentId());
		scope.put(6, message.correlationId());
		if (traced) {
			scope.put(8, message.traceId());
			scope.put(10, message.spanId());
		}
		return scope;
	}

	/**
	 * Puts a trace alone, for a message that could not be read.
	 * @param trace the trace, or {@code null} to leave all as it is
	 * @return to be closed on the same thread
	 */
	static MessageMdc open(@Nullable TraceContext trace) {
		MessageMdc scope = new MessageMdc(WITHOUT_TRACE, (trace != null) ? ENTRIES.length : WITHOUT_TRACE);
		if (trace != null) {
			scope.put(8, trace.traceId());
			scope.put(10, trace.spanId());
		}
		return scope;
	}

	@Override
	public void close() {
		for (int i = this.first; i < this.end; i++) {
			String value = this.before[i];
			if (value != null) {
				MDC.put(ENTRIES[i], value);
			}
			else {
				MDC.remove(ENTRIES[i]);
			}
		}
	}

	private void put(int index, @Nullable String value) {
		for (int i = index; i < index + 2; i++) {
			this.before[i] = MDC.get(ENTRIES[i]);
			if (value != null) {
				MDC.put(ENTRIES[i], value);
			}
			else if (this.before[i] != null) {
				MDC.remove(ENTRIES[i]);
			}
		}
	}

}
