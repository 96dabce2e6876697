package io.agentflow.messaging.observation;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.observation.AfObservation.HighKey;
import io.agentflow.messaging.observation.AfObservation.LowKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.common.KeyValues;

/**
 * Names and tags by the OpenTelemetry conventions, and our own under {@code agentflow.}.
 */
public class DefaultAfProcessConvention implements AfProcessConvention {

	/** The one that is used if there is no other. */
	public static final DefaultAfProcessConvention INSTANCE = new DefaultAfProcessConvention();

	/** As bounded as the tags; sorting them anew for each message is not free. */
	private static final Map<Low, KeyValues> LOW = new ConcurrentHashMap<>();

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
		AfMessage<?> message = context.message();
		return LOW.computeIfAbsent(
				new Low(Subjects.template(delivery.subject()),
						(message != null) ? message.type().wireName() : "unknown", delivery.consumer()),
				Low::keyValues);
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AfProcessContext context) {
		// Asked at the start and again at the end; making them is what costs.
		if (!context.isEnded()) {
			return KeyValues.empty();
		}
		Delivery delivery = context.delivery();
		return new MessageKeyValues().add(HighKey.DESTINATION_NAME, delivery.subject())
			.addMessage(context.message(), null)
			.add(HighKey.STREAM, delivery.stream())
			.add(HighKey.SEQUENCE, delivery.sequence())
			.add(HighKey.DELIVERY_COUNT, delivery.attempt())
			.addError(context.getError())
			.build();
	}

	private record Low(String template, String type, String consumer) {

		KeyValues keyValues() {
			return KeyValues.of(LowKey.SYSTEM.withValue("nats"), LowKey.OPERATION_TYPE.withValue("process"),
					LowKey.OPERATION_NAME.withValue("process"), LowKey.DESTINATION_TEMPLATE.withValue(this.template),
					LowKey.MESSAGE_TYPE.withValue(this.type),
					LowKey.CONSUMER_GROUP.withValue(this.consumer.isEmpty() ? "none" : this.consumer));
		}

	}

}
