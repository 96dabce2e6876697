package io.agentflow.messaging.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.assertj.core.api.AbstractAssert;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks a JSON log, for instance what Spring Boot's {@code CapturedOutput} holds.
 */
public final class AfLogAssert extends AbstractAssert<AfLogAssert, List<JsonNode>> {

	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private static final List<String> FIRST = List.of("timestamp", "level", "message");

	private static final Set<String> LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

	private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z";

	private AfLogAssert(List<JsonNode> lines) {
		super(lines, AfLogAssert.class);
	}

	/**
	 * Reads a log and checks that each line of it is one well-formed event: one JSON
	 * object without duplicate members that begins with a time stamp in UTC, a level and
	 * a message.
	 * @param log the log's text
	 * @return assertions on its events
	 */
	public static AfLogAssert assertThatLog(CharSequence log) {
		List<JsonNode> lines = new ArrayList<>();
		String[] texts = log.toString().split("\n");
		for (int i = 0; i < texts.length; i++) {
			if (!texts[i].isEmpty()) {
				lines.add(parse(texts[i], i + 1));
			}
		}
		return new AfLogAssert(lines);
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

	private static JsonNode parse(String text, int number) {
		JsonNode line;
		try {
			line = STRICT.readTree(text);
		}
		catch (JacksonException ex) {
			throw new AssertionError("Line " + number + " is not one strict JSON text: " + text, ex);
		}
		boolean wellFormed = line.isObject()
				&& List.copyOf(line.propertyNames()).subList(0, Math.min(3, line.size())).equals(FIRST)
				&& line.get("timestamp").stringValue("").matches(TIMESTAMP)
				&& LEVELS.contains(line.get("level").stringValue("")) && line.get("message").isString();
		if (!wellFormed) {
			throw new AssertionError("Line " + number + " does not begin with timestamp, level and message: " + text);
		}
		return line;
	}

}
