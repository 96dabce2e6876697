package io.agentflow.messaging.observation;

import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.observation.AfObservation.HighKey;
import io.agentflow.messaging.observation.AfObservation.LowKey;
import io.micrometer.common.KeyValues;

/**
 * Names and tags by the OpenTelemetry conventions, and our own under {@code agentflow.}.
 */
public class DefaultAfPublishConvention implements AfPublishConvention {

	/** The one that is used if there is no other. */
	public static final DefaultAfPublishConvention INSTANCE = new DefaultAfPublishConvention();

	static final String NAME = "messaging.client.operation.duration";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(AfPublishContext context) {
		return "publish " + Subjects.template(context.subject());
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(AfPublishContext context) {
		return KeyValues.of(LowKey.SYSTEM.withValue("nats"), LowKey.OPERATION_TYPE.withValue("send"),
				LowKey.OPERATION_NAME.withValue("publish"),
				LowKey.DESTINATION_TEMPLATE.withValue(Subjects.template(context.subject())),
				LowKey.MESSAGE_TYPE.withValue(context.message().type().wireName()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AfPublishContext context) {
		return new MessageKeyValues().add(HighKey.DESTINATION_NAME, context.subject())
			.addMessage(context.message(), context.envelopeHash())
			.add(HighKey.BODY_SIZE, (context.bodySize() >= 0) ? context.bodySize() : null)
			.add(HighKey.STREAM, context.stream())
			.add(HighKey.SEQUENCE, (context.sequence() > 0) ? context.sequence() : null)
			.addServer(context.server())
			.addError(context.getError())
			.build();
	}

}
