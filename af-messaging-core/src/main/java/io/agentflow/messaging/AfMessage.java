package io.agentflow.messaging;

import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * One message of the AgentFlow contract, version 1. Immutable as long as its payload is.
 * What a record holds in memory is not yet bound to the rules of the wire: the codec
 * enforces those when it encodes.
 *
 * @param <T> type of the payload
 * @param id ULID, unique for ever; the broker drops a second message of the same id
 * within the stream's duplicate window
 * @param traceId W3C trace id, 32 lower-case hex digits, or empty
 * @param spanId W3C span id of the publish span, 16 lower-case hex digits, or empty
 * @param from who sends, not empty
 * @param to whom it is for, not empty
 * @param type what it asks of its receiver
 * @param payload the content, anything that the payload mapper writes as JSON, or
 * {@code null}
 * @param metadata workflow context and extensions; values are JSON values (texts,
 * numbers, booleans, lists, maps, {@code null})
 * @param cost what the work behind it has cost
 * @param ts when it was made
 * @param envelopeHash SHA-256 of the canonical form, 64 lower-case hex digits;
 * {@code null} until the codec has computed it
 */
public record AfMessage<T>(String id, String traceId, String spanId, String from, String to, MessageType type,
		@Nullable T payload, Map<String, @Nullable Object> metadata, Cost cost, Instant ts,
		@Nullable String envelopeHash) {

	/**
	 * Checks that nothing but payload and hash is missing, and copies the metadata.
	 */
	public AfMessage {
		Assert.hasLength(id, "AfMessage: id must not be empty");
		Assert.notNull(traceId, "AfMessage: traceId must not be null (empty if there is none)");
		Assert.notNull(spanId, "AfMessage: spanId must not be null (empty if there is none)");
		Assert.hasLength(from, "AfMessage: from must not be empty");
		Assert.hasLength(to, "AfMessage: to must not be empty");
		Assert.notNull(type, "AfMessage: type must not be null");
		Assert.notNull(cost, "AfMessage: cost must not be null");
		Assert.notNull(ts, "AfMessage: ts must not be null");
		metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
	}

	/**
	 * Starts a message that asks for a response.
	 * @param from who asks
	 * @param to who is asked
	 * @return a builder
	 */
	public static Builder<Object> request(String from, String to) {
		return new Builder<>(MessageType.REQUEST, from, to);
	}

	/**
	 * Starts a message that tells what happened.
	 * @param from who tells
	 * @param to whom it is told
	 * @return a builder
	 */
	public static Builder<Object> event(String from, String to) {
		return new Builder<>(MessageType.EVENT, from, to);
	}

	/**
	 * Starts a message that steers.
	 * @param from who steers
	 * @param to who is steered
	 * @return a builder
	 */
	public static Builder<Object> control(String from, String to) {
		return new Builder<>(MessageType.CONTROL, from, to);
	}

	/**
	 * Starts a message that answers. To answer a message at hand, {@link #reply()} also
	 * carries its context.
	 * @param from who answers
	 * @param to who asked
	 * @return a builder
	 */
	public static Builder<Object> response(String from, String to) {
		return new Builder<>(MessageType.RESPONSE, from, to);
	}

	/**
	 * Starts the response to this message: {@code from} and {@code to} swapped, the trace
	 * id kept, {@code correlation_id} set to this message's, else to its id, and
	 * {@code workflow_id} and {@code agent_id} carried on.
	 * @return a builder
	 */
	public Builder<Object> reply() {
		Builder<Object> reply = response(this.to, this.from).traceId(this.traceId);
		String correlationId = correlationId();
		reply.correlationId((correlationId != null) ? correlationId : this.id);
		carry(MetadataKeys.WORKFLOW_ID, reply);
		carry(MetadataKeys.AGENT_ID, reply);
		return reply;
	}

	/**
	 * Starts a message that equals this one in everything but its hash.
	 * @return a builder
	 */
	public Builder<T> toBuilder() {
		Builder<T> copy = new Builder<>(this.type, this.from, this.to);
		copy.id = this.id;
		copy.traceId = this.traceId;
		copy.spanId = this.spanId;
		copy.payload = this.payload;
		copy.metadata.putAll(this.metadata);
		copy.cost = this.cost;
		copy.ts = this.ts;
		return copy;
	}

	/**
	 * Returns the same message with another payload, its hash kept; for codecs and
	 * listeners that turn the payload's JSON into an object.
	 * @param <U> type of the other payload
	 * @param other the other payload
	 * @return the message
	 */
	public <U> AfMessage<U> withPayload(@Nullable U other) {
		return new AfMessage<>(this.id, this.traceId, this.spanId, this.from, this.to, this.type, other, this.metadata,
				this.cost, this.ts, this.envelopeHash);
	}

	/**
	 * Returns the workflow that this message belongs to.
	 * @return the id, or {@code null}
	 */
	public @Nullable String workflowId() {
		return text(MetadataKeys.WORKFLOW_ID);
	}

	/**
	 * Returns the agent that this message is about.
	 * @return the id, or {@code null}
	 */
	public @Nullable String agentId() {
		return text(MetadataKeys.AGENT_ID);
	}

	/**
	 * Returns what ties a response to its request.
	 * @return the id, or {@code null}
	 */
	public @Nullable String correlationId() {
		return text(MetadataKeys.CORRELATION_ID);
	}

	/**
	 * Returns the subject that a response is to be published to.
	 * @return the subject, or {@code null}
	 */
	public @Nullable String replyTo() {
		return text(MetadataKeys.REPLY_TO);
	}

	/**
	 * Returns the version of the payload's schema.
	 * @return the version, or {@code null}
	 */
	public @Nullable String schemaVersion() {
		return text(MetadataKeys.SCHEMA_VERSION);
	}

	/**
	 * Returns the name of the payload's schema.
	 * @return the name, or {@code null}
	 */
	public @Nullable String payloadType() {
		return text(MetadataKeys.PAYLOAD_TYPE);
	}

	/**
	 * Names the message without its payload and metadata, so that it may be logged.
	 */
	@Override
	public String toString() {
		return "AfMessage[" + this.type.wireName() + " " + this.id + " from " + this.from + " to " + this.to + "]";
	}

	private @Nullable String text(String key) {
		return (this.metadata.get(key) instanceof String text && !text.isEmpty()) ? text : null;
	}

	private void carry(String key, Builder<?> target) {
		if (this.metadata.containsKey(key)) {
			target.metadata(key, this.metadata.get(key));
		}
	}

	/**
	 * Collects the parts of a message. Not thread-safe.
	 *
	 * @param <T> type of the payload
	 */
	public static final class Builder<T> {

		private final MessageType type;

		private final String from;

		private final String to;

		private final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();

		private @Nullable String id;

		private String traceId = "";

		private String spanId = "";

		private @Nullable T payload;

		private Cost cost = Cost.ZERO;

		private @Nullable Instant ts;

		private Clock clock = Clock.systemUTC();

		private Builder(MessageType type, String from, String to) {
			this.type = type;
			this.from = from;
			this.to = to;
		}

		/**
		 * Sets the id. Without it a ULID is made, rising strictly within this process.
		 * @param id a ULID
		 * @return this
		 */
		public Builder<T> id(String id) {
			this.id = id;
			return this;
		}

		/**
		 * Sets the trace id. Publishing overrides it with the trace that it takes part
		 * in.
		 * @param traceId 32 lower-case hex digits, or empty
		 * @return this
		 */
		public Builder<T> traceId(String traceId) {
			this.traceId = traceId;
			return this;
		}

		/**
		 * Sets the span id. Publishing overrides it with its own span's.
		 * @param spanId 16 lower-case hex digits, or empty
		 * @return this
		 */
		public Builder<T> spanId(String spanId) {
			this.spanId = spanId;
			return this;
		}

		/**
		 * Sets the payload.
		 * @param <U> type of the payload
		 * @param payload anything that the payload mapper writes as JSON, or {@code null}
		 * @return this, of the payload's type
		 */
		@SuppressWarnings("unchecked")
		public <U> Builder<U> payload(@Nullable U payload) {
			Builder<U> self = (Builder<U>) this;
			self.payload = payload;
			return self;
		}

		/**
		 * Sets one member of the metadata.
		 * @param key its name
		 * @param value a JSON value
		 * @return this
		 */
		public Builder<T> metadata(String key, @Nullable Object value) {
			this.metadata.put(key, value);
			return this;
		}

		/**
		 * Sets members of the metadata; those of other names stay.
		 * @param members names and JSON values
		 * @return this
		 */
		public Builder<T> metadata(Map<String, ? extends @Nullable Object> members) {
			this.metadata.putAll(members);
			return this;
		}

		/**
		 * Sets {@code workflow_id}.
		 * @param workflowId the workflow's id
		 * @return this
		 */
		public Builder<T> workflowId(String workflowId) {
			return metadata(MetadataKeys.WORKFLOW_ID, workflowId);
		}

		/**
		 * Sets {@code agent_id}.
		 * @param agentId the agent's id
		 * @return this
		 */
		public Builder<T> agentId(String agentId) {
			return metadata(MetadataKeys.AGENT_ID, agentId);
		}

		/**
		 * Sets {@code correlation_id}.
		 * @param correlationId what ties a response to its request
		 * @return this
		 */
		public Builder<T> correlationId(String correlationId) {
			return metadata(MetadataKeys.CORRELATION_ID, correlationId);
		}

		/**
		 * Sets {@code reply_to}.
		 * @param subject subject that the response is to be published to
		 * @return this
		 */
		public Builder<T> replyTo(String subject) {
			return metadata(MetadataKeys.REPLY_TO, subject);
		}

		/**
		 * Sets {@code payload_type}, and with it the JSON Schema that the payload must
		 * meet.
		 * @param payloadType name of the schema
		 * @return this
		 */
		public Builder<T> payloadType(String payloadType) {
			return metadata(MetadataKeys.PAYLOAD_TYPE, payloadType);
		}

		/**
		 * Sets the cost; nothing by default.
		 * @param cost what the work behind the message has cost
		 * @return this
		 */
		public Builder<T> cost(Cost cost) {
			this.cost = cost;
			return this;
		}

		/**
		 * Sets when the message was made; now by default.
		 * @param ts the time
		 * @return this
		 */
		public Builder<T> ts(Instant ts) {
			this.ts = ts;
			return this;
		}

		/**
		 * Sets the clock that tells the time of the message and of its id.
		 * @param clock the clock; the system's by default
		 * @return this
		 */
		public Builder<T> clock(Clock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Makes the message.
		 * @return the message, not yet hashed
		 * @throws IllegalArgumentException if {@code from} or {@code to} is empty
		 */
		public AfMessage<T> build() {
			Instant time = (this.ts != null) ? this.ts : this.clock.instant();
			String messageId = (this.id != null) ? this.id : Ulids.next(this.clock.millis());
			return new AfMessage<>(messageId, this.traceId, this.spanId, this.from, this.to, this.type, this.payload,
					this.metadata, this.cost, time, null);
		}

	}

}
