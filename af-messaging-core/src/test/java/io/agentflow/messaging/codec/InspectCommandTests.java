package io.agentflow.messaging.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.agentflow.messaging.AfMessage;

import static org.assertj.core.api.Assertions.assertThat;

class InspectCommandTests {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private final EnvelopeCodec codec = EnvelopeCodec.builder().build();

	@Test
	void acceptsAValidMessageFromAFile(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("message.json");
		Files.write(file, this.codec.encode(AfMessage.event("a", "b").payload("é").build()).bytes());
		assertThat(run("", file.toString())).isEqualTo(InspectCommand.VALID);
		assertThat(this.out.toString(StandardCharsets.UTF_8)).contains("\"payload\" : \"é\"")
			.contains("received-bytes, jcs, agentflow-go")
			.contains("valid");
	}

	@Test
	void namesTheFormOfTheHash() {
		EnvelopeCodec go = EnvelopeCodec.builder().canonicalForm(CanonicalForm.AGENTFLOW_GO).build();
		String message = text(go.encode(AfMessage.event("a", "b").payload("<&>").build()));
		assertThat(run(message + "\n", "-")).isEqualTo(InspectCommand.VALID);
		assertThat(this.out.toString(StandardCharsets.UTF_8)).contains("is that of   received-bytes, agentflow-go");
	}

	@Test
	void listsWhatIsWrong() {
		String message = text(this.codec.encode(AfMessage.event("a", "b").payload(1).build()));
		assertThat(run(message.replace("\"payload\":1", "\"payload\":2"), "-")).isEqualTo(InspectCommand.INVALID);
		assertThat(this.out.toString(StandardCharsets.UTF_8)).contains("nothing here")
			.contains("INVALID")
			.contains("/envelope_hash");
		assertThat(run(message.replace("\"type\":\"event\"", "\"type\":\"ask\"").replace("\"to\":\"b\"", "\"to\":\"\""),
				"-"))
			.isEqualTo(InspectCommand.INVALID);
		assertThat(this.out.toString(StandardCharsets.UTF_8)).contains("- /type").contains("- /to");
		assertThat(run("{", "-")).isEqualTo(InspectCommand.INVALID);
		assertThat(run("[]", "-")).isEqualTo(InspectCommand.INVALID);
		assertThat(run("", "-")).isEqualTo(InspectCommand.INVALID);
	}

	@Test
	void holdsThePayloadToItsSchema() {
		String message = text(this.codec
			.encode(AfMessage.event("a", "b").payloadType("codec.invoice").payload(Map.of("total", -1)).build()));
		assertThat(run(message, "-")).isEqualTo(InspectCommand.INVALID);
		assertThat(this.out.toString(StandardCharsets.UTF_8)).contains("/payload/total");
	}

	@Test
	void tellsHowToBeUsed() {
		assertThat(run("")).isEqualTo(InspectCommand.USAGE);
		assertThat(run("", "a", "b")).isEqualTo(InspectCommand.USAGE);
		assertThat(run("", "no-such-file")).isEqualTo(InspectCommand.USAGE);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("usage:").contains("no-such-file");
	}

	private int run(String input, String... args) {
		return new InspectCommand(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
				new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8))
			.run(args);
	}

	private static String text(EncodedMessage message) {
		return new String(message.bytes(), StandardCharsets.UTF_8);
	}

}
