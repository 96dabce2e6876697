package io.agentflow.messaging.autoconfigure.logging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

import ch.qos.logback.classic.spi.ILoggingEvent;
import net.logstash.logback.composite.AbstractJsonProvider;
import net.logstash.logback.stacktrace.ShortenedThrowableConverter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the fields of one log line: first those that every line of every service begins
 * with, then the rest in alphabetical order. Thread-safe.
 */
final class AfLogLineProvider extends AbstractJsonProvider<ILoggingEvent> {

	private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter
		.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	static final List<String> LEADING_IDS = List.of(LogField.TRACE_ID, LogField.SPAN_ID, LogField.MESSAGE_ID,
			LogField.WORKFLOW_ID, LogField.AGENT_ID);

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final ShortenedThrowableConverter throwables = new ShortenedThrowableConverter();

	private final ReservedNames reserved;

	private final AfJsonLoggingProperties properties;

	private final @Nullable String service;

	private final @Nullable String serviceVersion;

	AfLogLineProvider(ReservedNames reserved, AfJsonLoggingProperties properties, @Nullable String service,
			@Nullable String serviceVersion) {
		this.reserved = reserved;
		this.properties = properties;
		this.service = service;
		this.serviceVersion = serviceVersion;
		this.throwables.setRootCauseFirst(true);
		this.throwables.setMaxLength(properties.getMaxThrowableLength());
	}

	@Override
	public void start() {
		this.throwables.setContext(getContext());
		this.throwables.start();
		super.start();
	}

	@Override
	public void writeTo(JsonGenerator generator, ILoggingEvent event) {
		generator.writeStringProperty(LogField.TIMESTAMP, TIMESTAMP.format(instant(event)));
		generator.writeStringProperty(LogField.LEVEL, event.getLevel().toString());
		generator.writeStringProperty(LogField.MESSAGE, fit(String.valueOf(event.getFormattedMessage())));
		Map<String, String> mdc = event.getMDCPropertyMap();
		for (String name : LEADING_IDS) {
			writeId(generator, name, MessageIds.find(mdc, name));
		}
		ApplicationFields application = new ApplicationFields(this.reserved, this.mapper,
				this.properties.getMaxFieldLength())
			.collect(event);
		rest(event, application).forEach((name, value) -> {
			generator.writeName(name);
			generator.writeTree(value);
		});
	}

	private SortedMap<String, JsonNode> rest(ILoggingEvent event, ApplicationFields application) {
		SortedMap<String, JsonNode> rest = application.fields();
		put(rest, LogField.LOGGER, event.getLoggerName());
		put(rest, LogField.THREAD, event.getThreadName());
		put(rest, LogField.SERVICE, this.service);
		put(rest, LogField.SERVICE_VERSION, this.serviceVersion);
		put(rest, LogField.CORRELATION_ID, MessageIds.find(event.getMDCPropertyMap(), LogField.CORRELATION_ID));
		if (event.getThrowableProxy() != null) {
			rest.put(LogField.STACK_TRACE, this.mapper.getNodeFactory()
				.stringNode(LogText.fit(this.throwables.convert(event), this.properties.getMaxThrowableLength())));
		}
		if (!application.tags().isEmpty()) {
			rest.put(LogField.TAGS, this.mapper.valueToTree(application.tags()));
		}
		return rest;
	}

	private void put(SortedMap<String, JsonNode> fields, String name, @Nullable String value) {
		if (value != null) {
			fields.put(name, this.mapper.getNodeFactory().stringNode(fit(value)));
		}
	}

	private void writeId(JsonGenerator generator, String name, @Nullable String value) {
		if (value != null) {
			generator.writeStringProperty(name, fit(value));
		}
		else if (this.properties.isAlwaysIncludeIds()) {
			generator.writeStringProperty(name, "");
		}
	}

	private String fit(String text) {
		return LogText.fit(text, this.properties.getMaxFieldLength());
	}

	private static Instant instant(ILoggingEvent event) {
		Instant instant = event.getInstant();
		return (instant != null) ? instant : Instant.ofEpochMilli(event.getTimeStamp());
	}

}
