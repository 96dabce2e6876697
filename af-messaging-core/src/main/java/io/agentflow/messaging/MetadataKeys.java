package io.agentflow.messaging;

/**
 * Names of the members of {@code metadata} that the contract knows. Any other name is
 * free to use: {@code metadata} is the contract's only place for extensions.
 */
public final class MetadataKeys {

	/** Workflow that the message belongs to. */
	public static final String WORKFLOW_ID = "workflow_id";

	/** Agent that the message is about. */
	public static final String AGENT_ID = "agent_id";

	/** Ties a response to its request: the request's correlation id, else its id. */
	public static final String CORRELATION_ID = "correlation_id";

	/** Subject that the response is to be published to. */
	public static final String REPLY_TO = "reply_to";

	/** Version of the payload's schema. */
	public static final String SCHEMA_VERSION = "schema_version";

	/** Name of the payload's JSON Schema, {@code af/schemas/<payload type>.json}. */
	public static final String PAYLOAD_TYPE = "payload_type";

	/**
	 * W3C trace context of the publish span, where the Go implementation looks for it.
	 */
	public static final String TRACEPARENT = "trace.traceparent";

	private MetadataKeys() {
	}

}
