package io.agentflow.messaging.autoconfigure.logging;

/**
 * Names of the fields of a log line, and the MDC keys that some of them come from.
 */
final class LogField {

	static final String TIMESTAMP = "timestamp";

	static final String LEVEL = "level";

	static final String MESSAGE = "message";

	static final String TRACE_ID = "trace_id";

	static final String SPAN_ID = "span_id";

	static final String MESSAGE_ID = "message_id";

	static final String WORKFLOW_ID = "workflow_id";

	static final String AGENT_ID = "agent_id";

	static final String CORRELATION_ID = "correlation_id";

	static final String LOGGER = "logger_name";

	static final String THREAD = "thread_name";

	static final String SERVICE = "service";

	static final String SERVICE_VERSION = "service_version";

	static final String STACK_TRACE = "stack_trace";

	static final String TAGS = "tags";

	/** Where Micrometer's tracing keeps the trace id of the current span. */
	static final String MDC_TRACE_ID = "traceId";

	/** Where Micrometer's tracing keeps the id of the current span. */
	static final String MDC_SPAN_ID = "spanId";

	private LogField() {
	}

}
