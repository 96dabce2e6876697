package io.agentflow.messaging;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AfMessageTests {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00.123456789Z"), ZoneOffset.UTC);

	static Stream<AfMessage.Builder<Object>> builders() {
		return Stream.of(AfMessage.request("a", "b"), AfMessage.response("a", "b"), AfMessage.event("a", "b"),
				AfMessage.control("a", "b"));
	}

	@Test
	void eachBuilderMakesItsType() {
		assertThat(builders().map((builder) -> builder.build().type())).containsExactly(MessageType.REQUEST,
				MessageType.RESPONSE, MessageType.EVENT, MessageType.CONTROL);
	}

	@ParameterizedTest
	@MethodSource("builders")
	void buildsWithDefaults(AfMessage.Builder<Object> builder) {
		AfMessage<Object> message = builder.build();
		assertThat(message.id()).matches("[0-7][0-9A-HJKMNP-TV-Z]{25}");
		assertThat(message.traceId()).isEmpty();
		assertThat(message.spanId()).isEmpty();
		assertThat(message.payload()).isNull();
		assertThat(message.metadata()).isEmpty();
		assertThat(message.cost()).isEqualTo(Cost.ZERO);
		assertThat(message.envelopeHash()).isNull();
	}

	@Test
	void takesTimeAndIdFromTheClock() {
		AfMessage<Object> message = AfMessage.event("a", "b").clock(CLOCK).build();
		assertThat(message.ts()).isEqualTo(CLOCK.instant());
		AfMessage<Object> another = AfMessage.event("a", "b").clock(CLOCK).build();
		assertThat(another.id()).isGreaterThan(message.id());
	}

	@Test
	void idsRiseWithinAMillisecond() {
		String earlier = "";
		for (int i = 0; i < 100_000; i++) {
			String id = AfMessage.event("a", "b").clock(CLOCK).build().id();
			assertThat(id.compareTo(earlier)).isPositive();
			earlier = id;
		}
	}

	@Test
	void idsAreDifferentOnAllThreads() {
		Set<String> ids = ConcurrentHashMap.newKeySet();
		IntStream.range(0, 100_000).parallel().forEach((i) -> ids.add(AfMessage.event("a", "b").build().id()));
		assertThat(ids).hasSize(100_000);
	}

	@Test
	void repliesToItsSenderWithItsContext() {
		AfMessage<Object> request = AfMessage.request("asker", "answerer")
			.traceId("4bf92f3577b34da6a3ce929d0e0e4736")
			.workflowId("wf")
			.agentId("ag")
			.replyTo("agents.asker.in")
			.metadata("other", 1)
			.build();
		AfMessage<String> reply = request.reply().payload("done").build();
		assertThat(reply.type()).isEqualTo(MessageType.RESPONSE);
		assertThat(reply.from()).isEqualTo("answerer");
		assertThat(reply.to()).isEqualTo("asker");
		assertThat(reply.traceId()).isEqualTo(request.traceId());
		assertThat(reply.id()).isNotEqualTo(request.id());
		assertThat(reply.metadata())
			.isEqualTo(Map.of("correlation_id", request.id(), "workflow_id", "wf", "agent_id", "ag"));
	}

	@Test
	void carriesTheCorrelationIdOfAConversation() {
		AfMessage<Object> first = AfMessage.request("a", "b").correlationId("c-1").build();
		assertThat(first.reply().build().correlationId()).isEqualTo("c-1");
		assertThat(first.reply().build().reply().build().correlationId()).isEqualTo("c-1");
	}

	@Test
	void copiesItsMetadata() {
		Map<String, Object> mutable = new HashMap<>(Map.of("k", "v"));
		AfMessage<Object> message = AfMessage.event("a", "b").metadata(mutable).build();
		mutable.put("k", "changed");
		assertThat(message.metadata()).containsEntry("k", "v");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> message.metadata().put("k", "changed"));
	}

	@Test
	void aCopyEqualsItsOriginalButForTheHash() {
		AfMessage<List<String>> message = AfMessage.control("a", "b").payload(List.of("x")).workflowId("wf").build();
		assertThat(message.toBuilder().build()).isEqualTo(message);
		assertThat(message.withPayload(7).payload()).isEqualTo(7);
	}

	@Test
	void keepsPayloadAndMetadataOutOfItsText() {
		AfMessage<String> message = AfMessage.event("a", "b").metadata("k", "secret-1").payload("secret-2").build();
		assertThat(message.toString()).contains(message.id()).doesNotContain("secret");
	}

	@Test
	void needsSenderAndReceiver() {
		assertThatIllegalArgumentException().isThrownBy(() -> AfMessage.event("", "b").build())
			.withMessageContaining("from");
		assertThatIllegalArgumentException().isThrownBy(() -> AfMessage.event("a", "").build())
			.withMessageContaining("to");
	}

}
