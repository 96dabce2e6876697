package io.agentflow.messaging.observation;

import io.agentflow.messaging.MessageType;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.observation.AfObservation.HighKey;
import io.agentflow.messaging.observation.AfObservation.LowKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.common.KeyValues;

/**
 * Names and tags by the OpenTelemetry conventions, and our own under {@code agentflow.}.
 */
public class DefaultAfPublishConvention implements AfPublishConvention {

	/** The one that is used if there is no other. */
	public static final DefaultAfPublishConvention INSTANCE = new DefaultAfPublishConvention();

	/** As bounded as the tags; sorting them anew for each message is not free. */
	private static final Map<Low, KeyValues> LOW = new ConcurrentHashMap<>();

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
		return LOW.computeIfAbsent(new Low(Subjects.template(context.subject()), context.message().type()),
				Low::keyValues);
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AfPublishContext context) {
		// Asked at the start and again at the end; making them is what costs.
		if (!context.isEnded()) {
			return KeyValues.empty();
		}
		return new MessageKeyValues().add(HighKey.DESTINATION_NAME, context.subject())
			.addMessage(context.message(), context.envelopeHash())
			.add(HighKey.BODY_SIZE, (context.bodySize() >= 0) ? context.bodySize() : null)
			.add(HighKey.STREAM, context.stream())
			.add(HighKey.SEQUENCE, (context.sequence() > 0) ? context.sequence() : null)
			.addServer(context.server())
			.addError(context.getError())
			.build();
	}

	private record Low(String template, MessageType type) {

		KeyValues keyValues() {
			return KeyValues.of(LowKey.SYSTEM.withValue("nats"), LowKey.OPERATION_TYPE.withValue("send"),
					LowKey.OPERATION_NAME.withValue("publish"), LowKey.DESTINATION_TEMPLATE.withValue(this.template),
					LowKey.MESSAGE_TYPE.withValue(this.type.wireName()));
		}

	}

}
