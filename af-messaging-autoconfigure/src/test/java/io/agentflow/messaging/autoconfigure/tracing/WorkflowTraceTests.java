package io.agentflow.messaging.autoconfigure.tracing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.autoconfigure.tracing.OtlpReceiver.ReceivedSpan;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A workflow of six messages over four processes is one trace.
 */
@NatsTest(shared = false)
class WorkflowTraceTests {

	/** The services start side by side with whatever else the machine does. */
	private static final Duration PATIENCE = Duration.ofSeconds(90);

	/** Every span, each the child of the one before. */
	private static final List<String> PATH = List.of("gateway: publish workflows.*.in",
			"planner: process workflows.*.in", "planner: publish agents.*.in", "search: process agents.*.in",
			"search: publish agents.*.in", "planner: process agents.*.in", "planner: publish agents.*.in",
			"writer: process agents.*.in", "writer: publish agents.*.in", "planner: process agents.*.in",
			"planner: publish workflows.*.out", "gateway: process workflows.*.out");

	@TempDir
	private Path directory;

	@Test
	void isOneTreeOverFourProcesses(NatsServer server) throws Exception {
		try (OtlpReceiver receiver = new OtlpReceiver();
				FourServices services = FourServices.start(server.url(), receiver.endpoint(), this.directory)) {
			awaitSpans(services, () -> receiver.spans().size());
			List<ReceivedSpan> spans = receiver.spans();
			assertThat(spans).extracting(ReceivedSpan::traceId).containsOnly(spans.get(0).traceId());
			List<ReceivedSpan> path = path(spans);
			assertThat(path).extracting((span) -> span.service() + ": " + span.name()).isEqualTo(PATH);
			assertThat(path).allSatisfy((span) -> assertThat(span.kind()).isEqualTo(
					span.name().startsWith("publish ") ? SpanKind.SPAN_KIND_PRODUCER : SpanKind.SPAN_KIND_CONSUMER));
			assertThat(path).allSatisfy((span) -> assertThat(span.attributes()).containsEntry("agentflow.workflow.id",
					WorkflowService.WORKFLOW));
			assertThat(path.stream().map((span) -> span.attributes().get("messaging.message.id")).distinct())
				.hasSize(PATH.size() / 2);
			for (String service : FourServices.NAMES) {
				assertThat(services.linesOf(service, spans.get(0).traceId())).as("log of " + service)
					.isNotEmpty()
					.allSatisfy((line) -> assertThat(line).contains("\"workflow_id\":\"wf-four\"", "\"message_id\":"));
			}
		}
	}

	@Test
	void isFoundInJaegerWithAllServices(NatsServer server) throws Exception {
		Optional<Jaeger> found = Jaeger.start(this.directory);
		Assumptions.assumeTrue(found.isPresent(), Jaeger.MISSING);
		try (Jaeger jaeger = found.orElseThrow();
				FourServices services = FourServices.start(server.url(), jaeger.otlpEndpoint(), this.directory)) {
			awaitSpans(services, () -> jaeger.spansOf("gateway"));
			assertThat(jaeger.services()).containsAll(FourServices.NAMES);
			JsonNode trace = jaeger.traces("gateway").get(0);
			assertThat(trace.get("processes").valueStream().map((process) -> process.get("serviceName").stringValue()))
				.containsExactlyInAnyOrderElementsOf(FourServices.NAMES);
			List<ReceivedSpan> path = path(Jaeger.spans(trace));
			assertThat(path).extracting((span) -> span.service() + ": " + span.name()).isEqualTo(PATH);
			keep(trace);
		}
	}

	private static void awaitSpans(FourServices services, java.util.concurrent.Callable<Integer> count)
			throws Exception {
		try {
			Awaitility.await().atMost(PATIENCE).until(count, (spans) -> spans >= PATH.size());
		}
		catch (org.awaitility.core.ConditionTimeoutException ex) {
			throw new AssertionError("The workflow did not end:\n" + services.logs(), ex);
		}
	}

	/**
	 * From the one root along the children. Fails if a span has two, or a parent that is
	 * none of them.
	 */
	private static List<ReceivedSpan> path(List<ReceivedSpan> spans) {
		List<ReceivedSpan> path = new ArrayList<>();
		String parent = "";
		while (path.size() < spans.size()) {
			String wanted = parent;
			List<ReceivedSpan> children = spans.stream()
				.filter((span) -> Objects.equals(span.parentId(), wanted))
				.toList();
			assertThat(children).as("children of '%s' among %s", wanted, spans).hasSize(1);
			path.add(children.get(0));
			parent = children.get(0).spanId();
		}
		return path;
	}

	/**
	 * The picture in the documentation is drawn from this.
	 */
	private static void keep(JsonNode trace) throws Exception {
		Files.writeString(Files.createDirectories(Path.of("target")).resolve("workflow-trace.json"),
				trace.toPrettyString());
	}

}
