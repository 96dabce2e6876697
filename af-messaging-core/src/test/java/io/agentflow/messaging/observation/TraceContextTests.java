package io.agentflow.messaging.observation;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.MetadataKeys;
import io.nats.client.impl.Headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TraceContextTests {

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final String SPAN = "00f067aa0ba902b7";

	@Test
	void readsWhatItWrites() {
		for (int flags : new int[] { 0, 1, 2, 3, 0xff }) {
			TraceContext context = new TraceContext(TRACE, SPAN, flags);
			assertThat(TraceContext.parse(context.traceparent())).isEqualTo(context);
		}
		assertThat(new TraceContext(TRACE, SPAN, 2).traceparent()).isEqualTo("00-" + TRACE + "-" + SPAN + "-02");
		assertThat(new TraceContext(TRACE, SPAN, 2).isSampled()).isFalse();
	}

	@Test
	void readsALaterVersionAndRefusesWhatIsNoTraceparent() {
		assertThat(TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-01-more")).isNotNull();
		for (String bad : List.of("", "00-" + TRACE + "-" + SPAN, "ff-" + TRACE + "-" + SPAN + "-01",
				"00-" + TRACE + "-" + SPAN + "-01-more", "00-" + "0".repeat(32) + "-" + SPAN + "-01",
				"00-" + TRACE + "-" + "0".repeat(16) + "-01", "00-" + TRACE.toUpperCase() + "-" + SPAN + "-01")) {
			assertThat(TraceContext.parse(bad)).as(bad).isNull();
		}
		assertThat(TraceContext.parse(null)).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> new TraceContext("x", SPAN, 0));
	}

	@Test
	void prefersHeadersThenMetadataThenTheEnvelope() {
		AfMessage.Builder<?> message = AfMessage.event("a", "b").traceId("1".repeat(32)).spanId("2".repeat(16));
		assertThat(TraceContext.find(null, message.build()))
			.isEqualTo(new TraceContext("1".repeat(32), "2".repeat(16), 1));
		message.metadata(MetadataKeys.TRACEPARENT, "00-" + "3".repeat(32) + "-" + SPAN + "-00");
		assertThat(TraceContext.find(new Headers(), message.build())).extracting(TraceContext::traceId)
			.isEqualTo("3".repeat(32));
		Headers headers = new Headers().put("Traceparent", "00-" + TRACE + "-" + SPAN + "-03");
		assertThat(TraceContext.find(headers, message.build())).isEqualTo(new TraceContext(TRACE, SPAN, 3));
		assertThat(TraceContext.find(null, AfMessage.event("a", "b").build())).isNull();
	}

	@Test
	void makesASpanOfAKnownTrace() {
		assertThat(TraceContext.generate(TRACE).traceId()).isEqualTo(TRACE);
		assertThat(TraceContext.generate("").traceId()).isNotEqualTo(TraceContext.generate("").traceId());
	}

	@Test
	void putsIdsIntoTheLoggingContextAndTakesThemOut() {
		MDC.put(MessageMdc.WORKFLOW_ID, "outer");
		AfMessage<?> message = AfMessage.event("a", "b").agentId("a1").build();
		try (MessageMdc ids = MessageMdc.open(message)) {
			assertThat(MDC.get(MessageMdc.MESSAGE_ID)).isEqualTo(message.id());
			assertThat(MDC.get(MessageMdc.AGENT_ID)).isEqualTo("a1");
			assertThat(MDC.get(MessageMdc.WORKFLOW_ID)).isNull();
		}
		assertThat(MDC.get(MessageMdc.WORKFLOW_ID)).isEqualTo("outer");
		assertThat(MDC.get(MessageMdc.MESSAGE_ID)).isNull();
		MDC.remove(MessageMdc.WORKFLOW_ID);
	}

}
