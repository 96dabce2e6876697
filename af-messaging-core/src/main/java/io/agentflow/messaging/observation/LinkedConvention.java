package io.agentflow.messaging.observation;

import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.observation.AfObservation.HighKey;
import io.agentflow.messaging.observation.AfObservation.LowKey;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and tags of replays and batches. Their names are their own: the messages of a
 * batch are in the times of processing already, and those of a replay do not belong
 * there.
 */
final class LinkedConvention implements ObservationConvention<AfLinkedContext> {

	static final LinkedConvention REPLAY = new LinkedConvention("agentflow.replay.duration", "replay");

	static final LinkedConvention BATCH = new LinkedConvention("agentflow.batch.duration", "process batch");

	private final String name;

	private final String operation;

	private LinkedConvention(String name, String operation) {
		this.name = name;
		this.operation = operation;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public String getContextualName(AfLinkedContext context) {
		return this.operation + " " + Subjects.template(context.delivery().subject());
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof AfLinkedContext;
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(AfLinkedContext context) {
		Delivery delivery = context.delivery();
		return KeyValues.of(LowKey.SYSTEM.withValue("nats"), LowKey.OPERATION_TYPE.withValue("process"),
				LowKey.OPERATION_NAME.withValue(this.operation),
				LowKey.DESTINATION_TEMPLATE.withValue(Subjects.template(delivery.subject())),
				LowKey.CONSUMER_GROUP.withValue(delivery.consumer().isEmpty() ? "none" : delivery.consumer()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AfLinkedContext context) {
		Delivery delivery = context.delivery();
		MessageKeyValues values = new MessageKeyValues().add(HighKey.STREAM, delivery.stream())
			.addError(context.getError());
		return (context.isReplay()
				? values.add(HighKey.DESTINATION_NAME, delivery.subject())
					.addMessage(context.message(), null)
					.add(HighKey.SEQUENCE, delivery.sequence())
				: values.add(HighKey.BATCH_COUNT, context.messageCount()))
			.build();
	}

}
