package io.agentflow.messaging.autoconfigure.logging;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

import ch.qos.logback.classic.spi.ILoggingEvent;
import net.logstash.logback.argument.StructuredArgument;
import net.logstash.logback.marker.LogstashMarker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.util.TokenBuffer;

/**
 * What the application's code adds to one log event: MDC, markers, structured arguments
 * and key-value pairs, the later winning over the earlier. Values that cannot be written
 * cost their own field only, never the line.
 */
final class ApplicationFields {

	/** Put on every event by Spring's logging bridge; says nothing. */
	private static final String BRIDGE_MARKER = "COMMONS-LOGGING";

	private static final int MAX_NAME_LENGTH = 128;

	/** All fields together may be this many times as long as one of them. */
	private static final int MAX_FULL_FIELDS = 8;

	private final SortedMap<String, JsonNode> fields = new TreeMap<>();

	private final List<String> tags = new ArrayList<>();

	private final ReservedNames reserved;

	private final ObjectMapper mapper;

	private final int maxLength;

	private int room;

	private int dropped;

	ApplicationFields(ReservedNames reserved, ObjectMapper mapper, int maxLength) {
		this.reserved = reserved;
		this.mapper = mapper;
		this.maxLength = maxLength;
		this.room = MAX_FULL_FIELDS * maxLength;
	}

	ApplicationFields collect(ILoggingEvent event) {
		MessageIds.applicationEntries(event.getMDCPropertyMap(), this::add);
		List<Marker> markers = event.getMarkerList();
		if (markers != null) {
			markers.forEach(this::addMarker);
		}
		Object[] arguments = event.getArgumentArray();
		if (arguments != null) {
			for (Object argument : arguments) {
				if (argument instanceof StructuredArgument structured) {
					addWritten(structured::writeTo);
				}
			}
		}
		List<KeyValuePair> pairs = event.getKeyValuePairs();
		if (pairs != null) {
			pairs.forEach((pair) -> add(pair.key, pair.value));
		}
		if (this.dropped > 0) {
			this.fields.put("log_fields_dropped", this.mapper.getNodeFactory().numberNode(this.dropped));
		}
		return this;
	}

	/**
	 * Returns the fields in the alphabetical order of their names.
	 * @return names and values, fit to be written
	 */
	SortedMap<String, JsonNode> fields() {
		return this.fields;
	}

	List<String> tags() {
		return this.tags;
	}

	private void addMarker(Marker marker) {
		if (marker instanceof LogstashMarker structured) {
			addWritten(structured::writeTo);
		}
		else if (!BRIDGE_MARKER.equals(marker.getName())) {
			this.tags.add(LogText.fit(marker.getName(), MAX_NAME_LENGTH));
		}
		Iterator<Marker> references = marker.iterator();
		while (references.hasNext()) {
			addMarker(references.next());
		}
	}

	/**
	 * Lets the argument write into a buffer instead of the line, to see its names first.
	 */
	private void addWritten(Consumer<JsonGenerator> writer) {
		try (TokenBuffer buffer = TokenBuffer.forGeneration()) {
			buffer.writeStartObject();
			writer.accept(buffer);
			buffer.writeEndObject();
			JsonNode tree = this.mapper.readTree(buffer.asParser());
			for (Map.Entry<String, JsonNode> member : tree.properties()) {
				put(member.getKey(), member.getValue());
			}
		}
		catch (RuntimeException ex) {
			addFailure(ex);
		}
	}

	private void add(@Nullable String name, @Nullable Object value) {
		try {
			put(String.valueOf(name), toTree(value));
		}
		catch (RuntimeException ex) {
			addFailure(ex);
		}
	}

	private JsonNode toTree(@Nullable Object value) {
		if (value instanceof Throwable throwable) {
			return this.mapper.getNodeFactory().stringNode(throwable.toString());
		}
		return (value instanceof CharSequence text) ? this.mapper.getNodeFactory().stringNode(text.toString())
				: this.mapper.valueToTree(value);
	}

	private void addFailure(RuntimeException ex) {
		put("log_field_error", this.mapper.getNodeFactory().stringNode(ex.getClass().getName()));
	}

	private void put(String name, JsonNode value) {
		String governed = LogText.fit(this.reserved.govern(name), MAX_NAME_LENGTH);
		JsonNode written = PlainJson.of(value, this.mapper);
		String text = written.isString() ? written.stringValue() : written.toString();
		String fit = LogText.fit(text, this.maxLength);
		int size = governed.length() + fit.length();
		if (size > this.room) {
			this.dropped++;
			return;
		}
		this.room -= size;
		this.fields.put(governed, fit.equals(text) ? written : this.mapper.getNodeFactory().stringNode(fit));
	}

}
