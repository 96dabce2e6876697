package io.agentflow.messaging.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Cost;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What docs/messaging.md prints is what the code does.
 */
class DocumentationTests {

	@Test
	void printsTheSchema() throws IOException {
		try (var schema = getClass().getResourceAsStream(EnvelopeSchema.RESOURCE)) {
			assertThat(block("<!-- schema:"))
				.isEqualTo(new String(schema.readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
		}
	}

	@Test
	void printsTheExampleAndItsHashes() throws IOException {
		AfMessage<?> message = AfMessage.request("planner", "search-1")
			.id("01KAN5Q2F3A8Y0W7V9ZK4D6C1B")
			.traceId("4bf92f3577b34da6a3ce929d0e0e4736")
			.spanId("00f067aa0ba902b7")
			.workflowId("wf-7")
			.replyTo("agents.planner.in")
			.cost(Cost.of(150, 0.0250))
			.ts(Instant.parse("2026-11-22T10:15:30.120Z"))
			.payload(Map.of("query", "cost < 5 €", "limit", 10.0, "ratio", 1e-7))
			.build();
		EncodedMessage jcs = EnvelopeCodec.builder().build().encode(message);
		assertThat(block("<!-- example:").replace("\n", "")).isEqualTo(new String(jcs.bytes(), StandardCharsets.UTF_8));
		EncodedMessage go = EnvelopeCodec.builder().canonicalForm(CanonicalForm.AGENTFLOW_GO).build().encode(message);
		assertThat(document()).contains(go.envelopeHash());
		assertThat(new String(go.bytes(), StandardCharsets.UTF_8)).contains("\"cost \\u003c 5 €\"");
	}

	/**
	 * Returns the block of code behind a comment.
	 */
	private static String block(String comment) throws IOException {
		String rest = document();
		rest = rest.substring(rest.indexOf(comment));
		rest = rest.substring(rest.indexOf("```"));
		rest = rest.substring(rest.indexOf('\n') + 1);
		return rest.substring(0, rest.indexOf("\n```"));
	}

	private static String document() throws IOException {
		return Files.readString(Path.of("..", "docs", "messaging.md"));
	}

}
