package io.agentflow.messaging.test.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LogsCheckCommandTests {

	private static final String GOOD = "{\"timestamp\":\"2026-11-22T10:00:00.000000001Z\",\"level\":\"INFO\","
			+ "\"message\":\"m\",\"logger_name\":\"l\",\"thread_name\":\"t\"}\n";

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	@TempDir
	private Path directory;

	@Test
	void passesAWellFormedLog() throws IOException {
		assertThat(run("", file(GOOD + GOOD))).isEqualTo(LogsCheckCommand.VALID);
		assertThat(text()).isEqualTo("2 lines, 0 malformed\n");
	}

	@Test
	void listsMalformedLinesAsAnEditorReadsThem() throws IOException {
		String file = file(GOOD + "oops\n");
		assertThat(run("", file)).isEqualTo(LogsCheckCommand.MALFORMED);
		assertThat(text()).contains(file + ":2: is not one JSON text", "    oops", "2 lines, 1 malformed");
	}

	@Test
	void failsOnAnEmptyLog() throws IOException {
		assertThat(run("", file(""))).isEqualTo(LogsCheckCommand.MALFORMED);
		assertThat(text()).contains("No line");
	}

	@Test
	void readsStandardInput() {
		assertThat(run(GOOD, "-")).isEqualTo(LogsCheckCommand.VALID);
		assertThat(run("oops", "-")).isEqualTo(LogsCheckCommand.MALFORMED);
		assertThat(text()).contains("-:1: is not one JSON text");
	}

	@Test
	void tellsWhenThereIsNothingToRead() {
		assertThat(run("")).isEqualTo(LogsCheckCommand.USAGE);
		assertThat(run("", this.directory.resolve("missing").toString())).isEqualTo(LogsCheckCommand.USAGE);
		assertThat(text()).contains("usage: logs-check FILE|-", "missing");
	}

	private String file(String log) throws IOException {
		return Files.writeString(this.directory.resolve("app.log"), log).toString();
	}

	private int run(String input, String... args) {
		PrintStream out = new PrintStream(this.output, true, StandardCharsets.UTF_8);
		return new LogsCheckCommand(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, out)
			.run(args);
	}

	private String text() {
		return this.output.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
	}

}
