package io.agentflow.messaging.autoconfigure.logging;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class AfJsonLogFormatterTests {

	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private static final Map<String, String> IDS = Map.of("traceId", "0af7651916cd43dd8448eb211c80319c", "spanId",
			"b7ad6b7169203331", "af.message_id", "01JDA", "message_id", "01JDA", "af.workflow_id", "wf-1",
			"workflow_id", "wf-1", "af.agent_id", "a-1", "agent_id", "a-1", "af.correlation_id", "c-1",
			"correlation_id", "c-1");

	private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

	private final MockEnvironment environment = new MockEnvironment().withProperty("spring.application.name", "pinger")
		.withProperty("spring.application.version", "1.2.3");

	/**
	 * Until an application has set logging up, and after its end, Spring Boot silences it
	 * with a filter, which the tests before this one may have left behind.
	 */
	@BeforeEach
	void allowLogging() {
		this.context.getTurboFilterList().clear();
	}

	@BeforeEach
	void forgetOverrides() {
		this.context.putObject(ReservedNames.class.getName(), new ReservedNames());
	}

	@Test
	void beginsWithTheCommonFieldsAndSortsTheRest() {
		LoggingEvent event = event("Hello {}", "world");
		event.setMDCPropertyMap(with(IDS, "zebra", "z", "apple", "a"));
		assertThat(line(event).propertyNames()).containsExactly("timestamp", "level", "message", "trace_id", "span_id",
				"message_id", "workflow_id", "agent_id", "apple", "correlation_id", "logger_name", "service",
				"service_version", "thread_name", "zebra");
		JsonNode line = line(event);
		assertThat(line.get("message").stringValue()).isEqualTo("Hello world");
		assertThat(line.get("trace_id").stringValue()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
		assertThat(line.get("message_id").stringValue()).isEqualTo("01JDA");
		assertThat(line.get("correlation_id").stringValue()).isEqualTo("c-1");
		assertThat(line.get("service").stringValue()).isEqualTo("pinger");
		assertThat(line.get("service_version").stringValue()).isEqualTo("1.2.3");
	}

	@Test
	void tellsTheTimeInUtcWithNineDigits() {
		TimeZone before = TimeZone.getDefault();
		TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
		try {
			LoggingEvent event = event("x");
			event.setInstant(Instant.parse("2026-11-22T10:00:00.120000004Z"));
			assertThat(line(event).get("timestamp").stringValue()).isEqualTo("2026-11-22T10:00:00.120000004Z");
			event.setInstant(Instant.parse("2026-11-22T10:00:00Z"));
			assertThat(line(event).get("timestamp").stringValue()).isEqualTo("2026-11-22T10:00:00.000000000Z");
		}
		finally {
			TimeZone.setDefault(before);
		}
	}

	@Test
	void leavesIdsOutWhereThereAreNone() {
		assertThat(line(event("x")).propertyNames()).startsWith("timestamp", "level", "message", "logger_name")
			.doesNotContain("trace_id", "message_id", "workflow_id", "app_message_id");
	}

	@Test
	void writesEmptyIdsWhenAsked() {
		this.environment.setProperty("af.logging.json.always-include-ids", "true");
		JsonNode line = line(event("x"));
		for (String id : List.of("trace_id", "span_id", "message_id", "workflow_id", "agent_id")) {
			assertThat(line.get(id).stringValue()).isEmpty();
		}
	}

	@Test
	void takesTheTraceOfTheMessageWithoutATracer() {
		LoggingEvent event = event("x");
		event.setMDCPropertyMap(Map.of("af.trace_id", "t", "trace_id", "t", "af.span_id", "s", "span_id", "s"));
		assertThat(line(event).get("trace_id").stringValue()).isEqualTo("t");
		assertThat(line(event).get("span_id").stringValue()).isEqualTo("s");
		assertThat(line(event).has("app_trace_id")).isFalse();
	}

	@Test
	void keepsValuesOfAnyTypeUnderTheirNames() {
		LoggingEvent event = event("x {}", StructuredArguments.entries(Map.of("answer", 42)));
		event.addKeyValuePair(new KeyValuePair("list", List.of(1, "b")));
		event.addKeyValuePair(new KeyValuePair("none", null));
		event.addMarker(Markers.append("marked", true).and(MarkerFactory.getMarker("SLOW")));
		event.addMarker(MarkerFactory.getMarker("COMMONS-LOGGING"));
		JsonNode line = line(event);
		assertThat(line.get("answer").intValue()).isEqualTo(42);
		assertThat(line.get("list").toString()).isEqualTo("[1,\"b\"]");
		assertThat(line.get("none").isNull()).isTrue();
		assertThat(line.get("marked").booleanValue()).isTrue();
		assertThat(line.get("tags").toString()).isEqualTo("[\"SLOW\"]");
	}

	@Test
	void governsReservedNamesFromEverySource() {
		for (String name : ReservedNames.NAMES) {
			for (LoggingEvent event : overrides(name)) {
				event.setThreadName("t1");
				JsonNode line = line(event);
				assertThat(line.get("app_" + name).stringValue()).isEqualTo("forged");
				assertThat(line.path(name).toString()).doesNotContain("forged");
			}
			assertThat(ReservedNames.of(this.context).overrides(name)).isEqualTo(4);
		}
	}

	@Test
	void governsAnIdThatReplacesOurs() {
		LoggingEvent event = event("x");
		event.setMDCPropertyMap(with(IDS, "message_id", "forged"));
		JsonNode line = line(event);
		assertThat(line.get("message_id").stringValue()).isEqualTo("01JDA");
		assertThat(line.get("app_message_id").stringValue()).isEqualTo("forged");
	}

	@Test
	void warnsOnceForEachReservedName() {
		AfJsonLogFormatter formatter = new AfJsonLogFormatter(this.environment);
		LoggingEvent event = overrides("level").get(0);
		String[] first = formatter.format(event).split("\n");
		assertThat(first).hasSize(2);
		JsonNode warning = STRICT.readTree(first[1]);
		assertThat(warning.get("level").stringValue()).isEqualTo("WARN");
		assertThat(warning.get("logger_name").stringValue()).isEqualTo("af.logging");
		assertThat(warning.get("message").stringValue()).contains("level", "app_level", "app.Some");
		assertThat(warning.has("app_level")).isFalse();
		assertThat(ReservedNames.of(this.context).overrides("level")).isEqualTo(1);
		assertThat(formatter.format(event).split("\n")).hasSize(1);
		assertThat(new AfJsonLogFormatter(this.environment).format(event).split("\n")).hasSize(1);
	}

	@Test
	void writesOneCappedLineWhateverTheTextSays() {
		List<String> texts = List.of("a\r\n{\"level\":\"ERROR\"}", "\u2028\u2029\u0085", "\u001b[31mred\u009b0m",
				"\"}\\", "\u0000\u0007\u007f", "\uD800 lone \uDC00", "\u202Etxt.exe", "\uD83D\uDE00 fine",
				"x".repeat(1 << 20));
		for (String text : texts) {
			String line = format(everywhere(text));
			assertThat(line).endsWith("\n").hasSizeLessThan(200_000);
			assertThat(line.substring(0, line.length() - 1).codePoints())
				.noneMatch((c) -> Character.isISOControl(c) || (c >= 0x2028 && c <= 0x202E));
			JsonNode tree = STRICT.readTree(line);
			assertThat(tree.get("level").stringValue()).isEqualTo("INFO");
			if (text.length() < 100) {
				assertThat(tree.get("message").stringValue()).contains(LogText.fit(text, 100));
				assertThat(tree.get("mdc").stringValue()).isEqualTo(LogText.fit(text, 100));
			}
		}
	}

	@Test
	void saysHowMuchItCut() {
		this.environment.setProperty("af.logging.json.max-field-length", "10");
		JsonNode line = line(event("0123456789abc"));
		assertThat(line.get("message").stringValue()).isEqualTo("0123456789…(3 more characters)");
	}

	@Test
	void beginsAStackTraceWithItsRootCause() {
		LoggingEvent event = new LoggingEvent("fqcn", this.context.getLogger("app.Some"), Level.ERROR, "failed",
				new IllegalStateException("outer", new IllegalArgumentException("root")), null);
		assertThat(line(event).get("stack_trace").stringValue()).startsWith("java.lang.IllegalArgumentException: root")
			.contains("IllegalStateException: outer");
	}

	@Test
	void survivesValuesThatCannotBeWritten() {
		LoggingEvent event = event("x {}", StructuredArguments.fields(new Hostile()));
		event.addKeyValuePair(new KeyValuePair("hostile", new Hostile()));
		event.addKeyValuePair(new KeyValuePair("good", 1));
		JsonNode line = line(event);
		assertThat(line.get("log_field_error").stringValue()).isNotEmpty();
		assertThat(line.get("good").intValue()).isEqualTo(1);
	}

	@Test
	void encodesInTheCharsetAsked() {
		AfJsonLogFormatter formatter = new AfJsonLogFormatter(this.environment);
		LoggingEvent event = event("é");
		assertThat(new String(formatter.formatAsBytes(event, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1))
			.isEqualTo(formatter.format(event));
	}

	private List<LoggingEvent> overrides(String name) {
		List<LoggingEvent> events = new ArrayList<>();
		LoggingEvent mdc = event("x");
		mdc.setMDCPropertyMap(Map.of(name, "forged"));
		events.add(mdc);
		LoggingEvent pair = event("x");
		pair.addKeyValuePair(new KeyValuePair(name, "forged"));
		events.add(pair);
		LoggingEvent marker = event("x");
		marker.addMarker(MarkerFactory.getDetachedMarker("plain"));
		marker.getMarkerList().get(0).add(Markers.append(name, "forged"));
		events.add(marker);
		events.add(event("x", StructuredArguments.keyValue(name, "forged")));
		return events;
	}

	private LoggingEvent everywhere(String text) {
		LoggingEvent event = new LoggingEvent("fqcn", this.context.getLogger("app.Some"), Level.INFO, "{}",
				new IllegalStateException(text, new IllegalArgumentException(text)),
				new Object[] { text, StructuredArguments.keyValue("arg", text) });
		Map<String, String> mdc = new HashMap<>(IDS);
		mdc.put("mdc", text);
		mdc.put("af.workflow_id", text);
		mdc.put(text, "as a name");
		event.setMDCPropertyMap(mdc);
		event.setThreadName(text);
		event.addKeyValuePair(new KeyValuePair("pair", text));
		event.addKeyValuePair(new KeyValuePair("nested", Map.of("list", List.of(text))));
		event.addMarker(Markers.append("marker", text).and(MarkerFactory.getDetachedMarker(text)));
		return event;
	}

	private LoggingEvent event(String message, Object... arguments) {
		return new LoggingEvent("fqcn", this.context.getLogger("app.Some"), Level.INFO, message, null, arguments);
	}

	private static Map<String, String> with(Map<String, String> map, String... more) {
		Map<String, String> all = new HashMap<>(map);
		for (int i = 0; i < more.length; i += 2) {
			all.put(more[i], more[i + 1]);
		}
		return all;
	}

	private JsonNode line(LoggingEvent event) {
		return STRICT.readTree(format(event));
	}

	/** Without the warning that may follow. */
	private String format(LoggingEvent event) {
		String text = new AfJsonLogFormatter(this.environment).format(event);
		return text.substring(0, text.indexOf('\n') + 1);
	}

	static class Hostile {

		public String getValue() {
			throw new IllegalStateException("not today");
		}

		@Override
		public String toString() {
			throw new IllegalStateException("never");
		}

	}

}
