package io.agentflow.messaging.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.agentflow.messaging.test.AfLogAssert.assertThatLog;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AfLogAssertTests {

	private static final String BEGIN = "{\"timestamp\":\"2026-11-22T10:00:00.000000001Z\",\"level\":\"INFO\",";

	private static final String END = "\"logger_name\":\"app.Some\",\"thread_name\":\"main\"}\n";

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private static final String LOG = BEGIN + "\"message\":\"sent\",\"trace_id\":\"" + TRACE + "\"," + END + BEGIN
			+ "\"message\":\"received\",\"trace_id\":\"" + TRACE + "\",\"message_id\":\"01KAN5Q2F3A8Y0W7V9ZK4D6C1B\","
			+ END + BEGIN + "\"message\":\"idle\"," + END;

	@Test
	void selectsAndChecksEvents() {
		assertThatLog(LOG).with("trace_id", TRACE).have("trace_id").agreeOn("trace_id");
		assertThat(assertThatLog(LOG).withMessage("received").events()).hasSize(1);
	}

	@Test
	void failsForWhatIsMissing() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThatLog(LOG).with("trace_id", TRACE).have("message_id"))
			.withMessageContaining("message_id");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThatLog(LOG).agreeOn("trace_id"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThatLog(LOG).withMessage("lost"));
	}

	@Test
	void listsEveryMalformedLineWithItsNumberAndReason() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThatLog(LOG + "plain text\n" + LOG + "{\"level\":\"LOUD\"}\n"))
			.withMessageContainingAll("2 of 8 lines", "line 4 is not one JSON text", "plain text", "line 8 ",
					"timestamp");
	}

	@Test
	void failsOnAnEmptyLog() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThatLog(""))
			.withMessageContaining("empty");
	}

	@Test
	void readsFiles(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("app.log");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThatLog(file))
			.withMessageContaining("app.log");
		Files.writeString(file, LOG);
		assertThat(assertThatLog(file).events()).hasSize(3);
	}

}
