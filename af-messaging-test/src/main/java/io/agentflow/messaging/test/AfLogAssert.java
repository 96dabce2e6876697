package io.agentflow.messaging.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.assertj.core.api.AbstractAssert;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.agentflow.messaging.test.log.AfLogChecker;
import io.agentflow.messaging.test.log.AfLogChecker.Finding;
import io.agentflow.messaging.test.log.AfLogChecker.Summary;

/**
 * Checks a JSON log, for instance what Spring Boot's {@code CapturedOutput} holds.
 */
public final class AfLogAssert extends AbstractAssert<AfLogAssert, List<JsonNode>> {

	/** Malformed lines that a failure lists; the others are counted. */
	private static final int MAX_LISTED = 20;

	private AfLogAssert(List<JsonNode> lines) {
		super(lines, AfLogAssert.class);
	}

	/**
	 * Reads a log and checks that each line of it is one well-formed event, as
	 * {@link AfLogChecker} does. Fails with every malformed line, its number and its
	 * reasons, and for a log without any line.
	 * @param log the log's text
	 * @return assertions on its events
	 */
	public static AfLogAssert assertThatLog(CharSequence log) {
		List<Finding> findings = new ArrayList<>();
		Summary summary = AfLogChecker.create().check(log, findings::add);
		if (summary.lines() == 0) {
			throw new AssertionError("The log is empty: nothing was logged, or not here");
		}
		if (!summary.isValid()) {
			throw new AssertionError(summary.malformed() + " of " + summary.lines() + " lines of the log are malformed:"
					+ findings.stream()
						.limit(MAX_LISTED)
						.map((finding) -> "\n  " + finding)
						.collect(Collectors.joining()));
		}
		return new AfLogAssert(log.toString().lines().map(JsonMapper.shared()::readTree).toList());
	}

	/**
	 * Reads a log file, as {@link #assertThatLog(CharSequence)} does.
	 * @param log the file, in UTF-8
	 * @return assertions on its events
	 */
	public static AfLogAssert assertThatLog(Path log) {
		try {
			return assertThatLog(Files.readString(log));
		}
		catch (IOException ex) {
			throw new AssertionError("The log " + log + " cannot be read", ex);
		}
	}

	/**
	 * Keeps the events with a message that contains a text.
	 * @param text the text
	 * @return assertions on those events, of which there is at least one
	 */
	public AfLogAssert withMessage(String text) {
		return keep(this.actual.stream().filter((line) -> line.get("message").stringValue("").contains(text)).toList(),
				"a message with " + text);
	}

	/**
	 * Keeps the events with a field of a value.
	 * @param field the field's name
	 * @param value its value
	 * @return assertions on those events, of which there is at least one
	 */
	public AfLogAssert with(String field, String value) {
		return keep(this.actual.stream().filter((line) -> value.equals(line.path(field).stringValue(""))).toList(),
				field + "=" + value);
	}

	/**
	 * Checks that each event has fields that are not empty.
	 * @param fields names of fields
	 * @return this
	 */
	public AfLogAssert have(String... fields) {
		for (JsonNode line : this.actual) {
			for (String field : fields) {
				if (line.path(field).stringValue("").isEmpty()) {
					failWithMessage("Field %s is missing in %s", field, line);
				}
			}
		}
		return this;
	}

	/**
	 * Checks that all events have the same value in a field.
	 * @param field the field's name
	 * @return this
	 */
	public AfLogAssert agreeOn(String field) {
		List<String> values = this.actual.stream().map((line) -> line.path(field).stringValue("")).distinct().toList();
		if (values.size() != 1 || values.get(0).isEmpty()) {
			failWithMessage("Expected one value of %s in all of %d events, but found %s", field, this.actual.size(),
					values);
		}
		return this;
	}

	/**
	 * Returns the events.
	 * @return the events, in the log's order
	 */
	public List<JsonNode> events() {
		return List.copyOf(this.actual);
	}

	private AfLogAssert keep(List<JsonNode> kept, String what) {
		if (kept.isEmpty()) {
			failWithMessage("No event with %s among %d", what, this.actual.size());
		}
		return new AfLogAssert(kept);
	}

}
