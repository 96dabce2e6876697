package io.agentflow.messaging.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed. The names are those of the OpenTelemetry semantic conventions for
 * messaging, so that timers made of these observations have the metrics' names.
 */
public enum AfObservation implements ObservationDocumentation {

	/**
	 * A publish, from the call to the broker's receipt, all its attempts included.
	 */
	PUBLISH {
		@Override
		public String getName() {
			return DefaultAfPublishConvention.NAME;
		}

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultAfPublishConvention.class;
		}

		@Override
		public String getContextualName() {
			return "publish <template>";
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return new KeyName[] { LowKey.SYSTEM, LowKey.OPERATION_TYPE, LowKey.OPERATION_NAME,
					LowKey.DESTINATION_TEMPLATE, LowKey.MESSAGE_TYPE };
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighKey.values();
		}
	},

	/**
	 * A delivery, from its arrival at the handler to its settlement.
	 */
	PROCESS {
		@Override
		public String getName() {
			return DefaultAfProcessConvention.NAME;
		}

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultAfProcessConvention.class;
		}

		@Override
		public String getContextualName() {
			return "process <template>";
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowKey.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighKey.values();
		}
	},

	/**
	 * The handling of a message of the past, linked to its publish.
	 */
	REPLAY {
		@Override
		public String getName() {
			return LinkedConvention.REPLAY.getName();
		}

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return LinkedConvention.class;
		}

		@Override
		public String getContextualName() {
			return "replay <template>";
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return new KeyName[] { LowKey.SYSTEM, LowKey.OPERATION_TYPE, LowKey.OPERATION_NAME,
					LowKey.DESTINATION_TEMPLATE, LowKey.CONSUMER_GROUP };
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighKey.values();
		}
	},

	/**
	 * The handling of several messages at once, linked to their publishes.
	 */
	BATCH {
		@Override
		public String getName() {
			return LinkedConvention.BATCH.getName();
		}

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return LinkedConvention.class;
		}

		@Override
		public String getContextualName() {
			return "process batch <template>";
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return new KeyName[] { LowKey.SYSTEM, LowKey.OPERATION_TYPE, LowKey.OPERATION_NAME,
					LowKey.DESTINATION_TEMPLATE, LowKey.CONSUMER_GROUP };
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighKey.values();
		}
	};

	/**
	 * Tags of few values, for metrics and spans.
	 */
	public enum LowKey implements KeyName {

		/** Always {@code nats}. */
		SYSTEM("messaging.system"),

		/** {@code send} or {@code process}. */
		OPERATION_TYPE("messaging.operation.type"),

		/** {@code publish}, {@code process}, {@code process batch} or {@code replay}. */
		OPERATION_NAME("messaging.operation.name"),

		/** Family of the subject, {@code agents.*.in}. */
		DESTINATION_TEMPLATE("messaging.destination.template"),

		/** The message's type, {@code unknown} if it could not be read. */
		MESSAGE_TYPE("agentflow.message.type"),

		/** Name of the durable consumer. */
		CONSUMER_GROUP("messaging.consumer.group.name");

		private final String key;

		LowKey(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Tags of many values, for spans only. Those without a value are left out.
	 */
	public enum HighKey implements KeyName {

		/** The subject. */
		DESTINATION_NAME("messaging.destination.name"),

		/** The message's id. */
		MESSAGE_ID("messaging.message.id"),

		/** The correlation id. */
		CONVERSATION_ID("messaging.message.conversation_id"),

		/** Size of the envelope in bytes. */
		BODY_SIZE("messaging.message.body.size"),

		/** The stream. */
		STREAM("messaging.nats.stream"),

		/** The sequence in the stream. */
		SEQUENCE("messaging.nats.stream.sequence"),

		/** Number of the attempt to handle the message. */
		DELIVERY_COUNT("messaging.nats.delivery_count"),

		/** Number of messages that are handled at once. */
		BATCH_COUNT("messaging.batch.message_count"),

		/** The workflow. */
		WORKFLOW_ID("agentflow.workflow.id"),

		/** The agent. */
		AGENT_ID("agentflow.agent.id"),

		/** Who sent the message. */
		FROM("agentflow.message.from"),

		/** Whom it is for. */
		TO("agentflow.message.to"),

		/** Its hash. */
		ENVELOPE_HASH("agentflow.message.envelope_hash"),

		/** Tokens that it has cost. */
		COST_TOKENS("agentflow.message.cost.tokens"),

		/** Dollars that it has cost. */
		COST_DOLLARS("agentflow.message.cost.dollars"),

		/** Host of the server. */
		SERVER_ADDRESS("server.address"),

		/** Port of the server. */
		SERVER_PORT("server.port"),

		/** Class of the exception, on failure only. */
		ERROR_TYPE("error.type");

		private final String key;

		HighKey(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
