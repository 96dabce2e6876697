package io.agentflow.messaging.observation;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import io.agentflow.messaging.AfMessage;

import static org.assertj.core.api.Assertions.assertThat;

class MessageMdcTests {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private static final String SPAN = "b7ad6b7169203331";

	private static final ContextSnapshotFactory SNAPSHOTS = ContextSnapshotFactory.builder().build();

	private final AfMessage<Object> message = AfMessage.request("a", "b")
		.workflowId("w")
		.correlationId("c")
		.traceId(TRACE)
		.spanId(SPAN)
		.build();

	@BeforeEach
	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void putsEachIdUnderItsNameAndAsProof() {
		try (MessageMdc ids = MessageMdc.open(this.message)) {
			assertThat(MDC.getCopyOfContextMap()).containsExactlyInAnyOrderEntriesOf(
					Map.of("message_id", this.message.id(), "af.message_id", this.message.id(), "workflow_id", "w",
							"af.workflow_id", "w", "correlation_id", "c", "af.correlation_id", "c", "trace_id", TRACE,
							"af.trace_id", TRACE, "span_id", SPAN, "af.span_id", SPAN));
		}
		assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
	}

	@Test
	void hidesAnOuterMessageButForItsTrace() {
		AfMessage<Object> inner = AfMessage.event("b", "c").agentId("x").build();
		try (MessageMdc outer = MessageMdc.open(this.message)) {
			Map<String, String> before = MDC.getCopyOfContextMap();
			try (MessageMdc nested = MessageMdc.open(inner)) {
				assertThat(MDC.get("message_id")).isEqualTo(inner.id());
				assertThat(MDC.get("agent_id")).isEqualTo("x");
				assertThat(MDC.get("workflow_id")).isNull();
				assertThat(MDC.get("trace_id")).isEqualTo(TRACE);
			}
			assertThat(MDC.getCopyOfContextMap()).isEqualTo(before);
		}
	}

	@Test
	void givesBackWhatTheApplicationHadThere() {
		MDC.put("workflow_id", "mine");
		MessageMdc.open(this.message).close();
		assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("workflow_id", "mine"));
	}

	@Test
	void travelsByContextPropagationAndLeavesNothing() throws Exception {
		ExecutorService pool = Executors.newSingleThreadExecutor();
		try {
			Map<String, String> ours;
			Map<String, String> there;
			try (MessageMdc ids = MessageMdc.open(this.message)) {
				ours = MDC.getCopyOfContextMap();
				MDC.put("mine", "stays here");
				there = pool.submit(SNAPSHOTS.captureAll().wrap(MDC::getCopyOfContextMap)).get();
			}
			assertThat(there).isEqualTo(ours);
			assertThat(pool.submit(MDC::getCopyOfContextMap).get()).isNullOrEmpty();
			assertThat(pool.submit(SNAPSHOTS.captureAll().wrap(MDC::getCopyOfContextMap)).get()).isNullOrEmpty();
		}
		finally {
			pool.shutdownNow();
		}
	}

	@Test
	void replacesAnotherMessageAndGivesItBack() {
		AfMessage<Object> other = AfMessage.event("b", "c").agentId("x").build();
		ContextSnapshot snapshot;
		try (MessageMdc ids = MessageMdc.open(this.message)) {
			snapshot = SNAPSHOTS.captureAll();
		}
		MDC.put("agent_id", "the application's own");
		try (MessageMdc ids = MessageMdc.open(other)) {
			Map<String, String> before = MDC.getCopyOfContextMap();
			try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
				assertThat(MDC.get("message_id")).isEqualTo(this.message.id());
				assertThat(MDC.get("af.workflow_id")).isEqualTo("w");
				assertThat(MDC.get("agent_id")).isNull();
			}
			assertThat(MDC.getCopyOfContextMap()).isEqualTo(before);
		}
		assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("agent_id", "the application's own"));
	}

}
