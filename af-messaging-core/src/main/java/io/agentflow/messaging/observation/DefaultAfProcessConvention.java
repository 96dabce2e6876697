package io.agentflow.messaging.observation;

import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.observation.AfObservation.HighKey;
import io.agentflow.messaging.observation.AfObservation.LowKey;
import io.micrometer.common.KeyValues;

/**
 * Names and tags by the OpenTelemetry conventions, and our own under {@code agentflow.}.
 */
public class DefaultAfProcessConvention implements AfProcessConvention {

	/** The one that is used if there is no other. */
	public static final DefaultAfProcessConvention INSTANCE = new DefaultAfProcessConvention();

	static final String NAME = "messaging.process.duration";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(AfProcessContext context) {
		return "process " + Subjects.template(context.delivery().subject());
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(AfProcessContext context) {
		Delivery delivery = context.delivery();
		return KeyValues.of(LowKey.SYSTEM.withValue("nats"), LowKey.OPERATION_TYPE.withValue("process"),
				LowKey.OPERATION_NAME.withValue("process"),
				LowKey.DESTINATION_TEMPLATE.withValue(Subjects.template(delivery.subject())),
				LowKey.MESSAGE_TYPE
					.withValue((context.message() != null) ? context.message().type().wireName() : "unknown"),
				LowKey.CONSUMER_GROUP.withValue(delivery.consumer().isEmpty() ? "none" : delivery.consumer()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AfProcessContext context) {
		Delivery delivery = context.delivery();
		return new MessageKeyValues().add(HighKey.DESTINATION_NAME, delivery.subject())
			.addMessage(context.message(), null)
			.add(HighKey.STREAM, delivery.stream())
			.add(HighKey.SEQUENCE, delivery.sequence())
			.add(HighKey.DELIVERY_COUNT, delivery.attempt())
			.addError(context.getError())
			.build();
	}

}
