package io.agentflow.messaging.observation;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import org.springframework.lang.Contract;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.MetadataKeys;
import io.nats.client.impl.Headers;

/**
 * The ids of one span, as the header {@code traceparent} of W3C Trace Context carries
 * them.
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param spanId 16 lower-case hex digits, not all zero
 * @param flags 0 to 255; bit 0 says that the span is sampled, others are carried on
 */
public record TraceContext(String traceId, String spanId, int flags) {

	/** Name of the header. */
	public static final String TRACEPARENT = "traceparent";

	/** Flag of a span that is recorded. */
	public static final int SAMPLED = 1;

	private static final int HEX = 16;

	private static final int MAX_FLAGS = 0xFF;

	private static final int TRACE_ID_LENGTH = 32;

	private static final int SPAN_ID_LENGTH = 16;

	private static final int TRACE_ID_AT = 3;

	private static final int SPAN_ID_AT = TRACE_ID_AT + TRACE_ID_LENGTH + 1;

	private static final int FLAGS_AT = SPAN_ID_AT + SPAN_ID_LENGTH + 1;

	private static final int LENGTH = FLAGS_AT + 2;

	/**
	 * Checks the form.
	 */
	public TraceContext {
		if (!isTraceId(traceId) || !isSpanId(spanId) || flags < 0 || flags > MAX_FLAGS) {
			throw new IllegalArgumentException("TraceContext: ids must be 32 and 16 lower-case hex digits, "
					+ "not all zero, and flags between 0 and 255");
		}
	}

	/**
	 * Reads the header's text.
	 * @param traceparent the text, or {@code null}
	 * @return the ids, or {@code null} if it is not of the header's form
	 */
	public static @Nullable TraceContext parse(@Nullable String traceparent) {
		if (traceparent == null || traceparent.length() < LENGTH || !isHex(traceparent, 0, 2)
				|| !isHex(traceparent, FLAGS_AT, LENGTH) || traceparent.charAt(TRACE_ID_AT - 1) != '-'
				|| traceparent.charAt(SPAN_ID_AT - 1) != '-' || traceparent.charAt(FLAGS_AT - 1) != '-') {
			return null;
		}
		// A later version than 00 may append fields, and ff is forbidden.
		boolean ends = traceparent.length() == LENGTH
				|| (traceparent.charAt(LENGTH) == '-' && !traceparent.startsWith("00"));
		if (!ends || traceparent.startsWith("ff")) {
			return null;
		}
		return of(traceparent.substring(TRACE_ID_AT, SPAN_ID_AT - 1), traceparent.substring(SPAN_ID_AT, FLAGS_AT - 1),
				Integer.parseInt(traceparent, FLAGS_AT, LENGTH, HEX));
	}

	/**
	 * Makes a context of ids that may be missing or malformed.
	 * @param traceId a trace id
	 * @param spanId a span id
	 * @param flags the flags
	 * @return the ids, or {@code null} if one is not of its form
	 */
	public static @Nullable TraceContext of(@Nullable String traceId, @Nullable String spanId, int flags) {
		return isTraceId(traceId) && isSpanId(spanId) ? new TraceContext(traceId, spanId, flags) : null;
	}

	/**
	 * Finds the context that a message came with: that of its headers, else
	 * {@code metadata["trace.traceparent"]}, else the envelope's own ids.
	 * @param headers the headers, or {@code null}
	 * @param message the message, or {@code null}
	 * @return the ids, or {@code null} if it came with none
	 */
	public static @Nullable TraceContext find(@Nullable Headers headers, @Nullable AfMessage<?> message) {
		TraceContext found = (headers != null) ? parse(first(headers, TRACEPARENT)) : null;
		if (found == null && message != null) {
			found = (message.metadata().get(MetadataKeys.TRACEPARENT) instanceof String text) ? parse(text) : null;
			// The envelope has no flags; whoever wrote ids there meant them to be seen.
			found = (found != null) ? found : of(message.traceId(), message.spanId(), SAMPLED);
		}
		return found;
	}

	/**
	 * Makes a span of its own, not sampled.
	 * @param traceId trace to belong to; any other text than a trace id starts a new one
	 * @return the ids
	 */
	public static TraceContext generate(@Nullable String traceId) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		String trace = isTraceId(traceId) ? traceId : hex(random.nextLong()) + hex(random.nextLong() | 1);
		return new TraceContext(trace, hex(random.nextLong() | 1), 0);
	}

	/**
	 * Writes the header's text.
	 * @return the text, of version 00
	 */
	public String traceparent() {
		return "00-" + this.traceId + "-" + this.spanId + "-" + ((this.flags < HEX) ? "0" : "")
				+ Integer.toHexString(this.flags);
	}

	/**
	 * Tells whether the span is recorded.
	 * @return whether its flag is set
	 */
	public boolean isSampled() {
		return (this.flags & SAMPLED) != 0;
	}

	static @Nullable String first(Headers headers, String name) {
		List<String> values = headers.getIgnoreCase(name);
		return (values != null && !values.isEmpty()) ? values.get(0) : null;
	}

	@Contract("null -> false")
	private static boolean isTraceId(@Nullable String text) {
		return text != null && text.length() == TRACE_ID_LENGTH && isHex(text, 0, TRACE_ID_LENGTH) && isNotZero(text);
	}

	@Contract("null -> false")
	private static boolean isSpanId(@Nullable String text) {
		return text != null && text.length() == SPAN_ID_LENGTH && isHex(text, 0, SPAN_ID_LENGTH) && isNotZero(text);
	}

	private static boolean isHex(String text, int from, int to) {
		for (int i = from; i < to; i++) {
			char digit = text.charAt(i);
			if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
				return false;
			}
		}
		return true;
	}

	private static boolean isNotZero(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) != '0') {
				return true;
			}
		}
		return false;
	}

	private static String hex(long value) {
		String digits = Long.toHexString(value);
		return "0".repeat(HEX - digits.length()) + digits;
	}

}
