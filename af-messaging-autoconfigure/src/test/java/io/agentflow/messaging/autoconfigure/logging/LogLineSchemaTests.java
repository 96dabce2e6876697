package io.agentflow.messaging.autoconfigure.logging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The published schema says what the formatter writes. That real lines fit it is shown in
 * the tests of af-messaging-test, where the checker is.
 */
class LogLineSchemaTests {

	private static final String RESOURCE = "/io/agentflow/messaging/log-line-v1.schema.json";

	private final JsonNode schema = JsonMapper.shared().readTree(text());

	@Test
	void namesTheReservedFieldsAndNoOthers() {
		assertThat(this.schema.get("properties").propertyNames())
			.containsExactlyInAnyOrderElementsOf(ReservedNames.NAMES);
	}

	@Test
	void statesTheOrderThatIsWritten() {
		assertThat(this.schema.get("x-order").get("first").valueStream().map(JsonNode::stringValue))
			.startsWith(LogField.TIMESTAMP, LogField.LEVEL, LogField.MESSAGE)
			.endsWith(AfLogLineProvider.LEADING_IDS.toArray(String[]::new))
			.hasSize(3 + AfLogLineProvider.LEADING_IDS.size());
	}

	@Test
	void knowsEveryLevel() {
		assertThat(this.schema.at("/properties/level/enum").valueStream().map(JsonNode::stringValue)).containsExactly(
				Level.TRACE.levelStr, Level.DEBUG.levelStr, Level.INFO.levelStr, Level.WARN.levelStr,
				Level.ERROR.levelStr);
	}

	@Test
	void isPrintedInTheDocumentation() throws IOException {
		assertThat(Path.of("..", "docs", "logging.md")).content(StandardCharsets.UTF_8).contains(text().strip());
		assertThat(Files.readString(Path.of("..", "docs", "logging.md"))).contains("log-line-v1.schema.json");
	}

	private static String text() {
		try (InputStream resource = LogLineSchemaTests.class.getResourceAsStream(RESOURCE)) {
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
