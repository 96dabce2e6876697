package io.agentflow.messaging.test;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.agentflow.messaging.test.AfLogAssert.assertThatLog;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AfLogAssertTests {

	private static final String BEGIN = "{\"timestamp\":\"2026-11-22T10:00:00.000000001Z\",\"level\":\"INFO\",";

	private static final String LOG = BEGIN + "\"message\":\"sent\",\"trace_id\":\"t\"}\n" + BEGIN
			+ "\"message\":\"received\",\"trace_id\":\"t\",\"message_id\":\"m\"}\n" + BEGIN + "\"message\":\"idle\"}\n";

	@Test
	void selectsAndChecksEvents() {
		assertThatLog(LOG).with("trace_id", "t").have("trace_id").agreeOn("trace_id");
		assertThat(assertThatLog(LOG).withMessage("received").events()).hasSize(1);
	}

	@Test
	void failsForWhatIsMissing() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThatLog(LOG).with("trace_id", "t").have("message_id"))
			.withMessageContaining("message_id");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThatLog(LOG).agreeOn("trace_id"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThatLog(LOG).withMessage("lost"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "plain text", "{\"level\":\"INFO\"}", "[]", BEGIN + "\"message\":\"a\",\"message\":\"b\"}",
			"{\"timestamp\":\"yesterday\",\"level\":\"INFO\",\"message\":\"x\"}", BEGIN + "\"message\":\"cut" })
	void refusesMalformedLines(String line) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThatLog(LOG + line))
			.withMessageContaining("Line 4");
	}

}
