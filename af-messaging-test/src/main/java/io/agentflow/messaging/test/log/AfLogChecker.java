package io.agentflow.messaging.test.log;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the lines of a JSON log to its published schema (draft 2020-12, resource
 * {@code io/agentflow/messaging/log-line-v1.schema.json} of af-messaging-autoconfigure)
 * and to what no schema can say: one event a line, UTF-8, no character that a terminal or
 * a reader of lines might act upon, no member twice, the order of the fields. Reads as
 * the log grows. Thread-safe.
 */
public final class AfLogChecker {

	/** No event is longer: its texts are cut. */
	private static final int MAX_LINE_BYTES = 8 << 20;

	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final LogLineSchema schema;

	private AfLogChecker(LogLineSchema schema) {
		this.schema = schema;
	}

	/**
	 * Creates a checker.
	 * @return the checker
	 */
	public static AfLogChecker create() {
		return new AfLogChecker(LogLineSchema.load());
	}

	/**
	 * Checks a log that is there as a whole.
	 * @param log the log's text
	 * @param findings takes each malformed line
	 * @return how many lines there were
	 */
	public Summary check(CharSequence log, Consumer<Finding> findings) {
		try {
			return check(new ByteArrayInputStream(log.toString().getBytes(StandardCharsets.UTF_8)), findings);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Checks a log until it ends, each line as soon as it is there. Only one line is kept
	 * in memory.
	 * @param log the log's bytes; not closed
	 * @param findings takes each malformed line, in the log's order
	 * @return how many lines there were
	 * @throws IOException if the log cannot be read
	 */
	public Summary check(InputStream log, Consumer<Finding> findings) throws IOException {
		LogLines lines = new LogLines(log, MAX_LINE_BYTES);
		long malformed = 0;
		for (byte[] line = lines.next(); line != null; line = lines.next()) {
			List<String> reasons = lines.isCut()
					? List.of("is longer than " + MAX_LINE_BYTES + " bytes, more than any event") : reasons(line);
			if (!reasons.isEmpty()) {
				malformed++;
				findings.accept(new Finding(lines.number(), reasons, LineText.excerpt(line)));
			}
		}
		return new Summary(lines.number(), malformed);
	}

	private List<String> reasons(byte[] line) {
		if (line.length == 0) {
			return List.of("is empty");
		}
		String text;
		try {
			text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
		}
		catch (CharacterCodingException ex) {
			return List.of("is not UTF-8");
		}
		String raw = LineText.unsafeCharacter(text);
		if (raw != null) {
			return List.of(raw);
		}
		JsonNode tree;
		try {
			tree = STRICT.readTree(text);
		}
		catch (JacksonException ex) {
			return List.of("is not one JSON text" + at(ex) + ": " + LineText.printable(ex.getOriginalMessage()));
		}
		return tree.isObject() ? violations(tree) : List.of("is JSON but no object");
	}

	private List<String> violations(JsonNode line) {
		List<String> reasons = new ArrayList<>();
		this.schema.violations(line).forEach((violation) -> reasons.add(LineText.printable(violation)));
		String before = null;
		for (String name : line.propertyNames()) {
			if (before != null && this.schema.compare(before, name) > 0) {
				reasons.add("has " + LineText.printable(name) + " after " + LineText.printable(before)
						+ ", which is against the order of fields");
			}
			before = name;
		}
		return reasons;
	}

	private static String at(JacksonException ex) {
		return (ex.getLocation() != null && ex.getLocation().getColumnNr() > 0)
				? String.format(Locale.ROOT, ", column %d", ex.getLocation().getColumnNr()) : "";
	}

	/**
	 * A malformed line.
	 *
	 * @param line number of the line, from 1
	 * @param reasons each thing that is wrong with it, at least one, fit to be printed
	 * @param excerpt how the line begins, fit to be printed
	 */
	public record Finding(long line, List<String> reasons, String excerpt) {

		@Override
		public String toString() {
			return "line " + this.line + " " + String.join("; ", this.reasons) + "\n    " + this.excerpt;
		}

	}

	/**
	 * What a log consisted of.
	 *
	 * @param lines number of its lines
	 * @param malformed number of those that are malformed
	 */
	public record Summary(long lines, long malformed) {

		/**
		 * Tells whether the log is as it should be. An empty one is not: nothing was
		 * checked.
		 * @return whether there was a line, and none was malformed
		 */
		public boolean isValid() {
			return this.lines > 0 && this.malformed == 0;
		}

	}

}
