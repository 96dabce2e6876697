package io.agentflow.messaging.autoconfigure.logging;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.observation.MessageMdc;

/**
 * Tells the ids that this library put into the MDC from what the application put there
 * under the same names: ours are there a second time under a prefix, and only those
 * count.
 */
final class MessageIds {

	private static final String PREFIX = MessageMdc.PREFIX;

	private static final List<String> NAMES = List.of(LogField.TRACE_ID, LogField.SPAN_ID, LogField.MESSAGE_ID,
			LogField.WORKFLOW_ID, LogField.AGENT_ID, LogField.CORRELATION_ID);

	private MessageIds() {
	}

	/**
	 * Finds one of the ids. Within a message the trace is the message's, which all
	 * services share; the span is the current one if it belongs to that trace. They
	 * differ where there is no tracer, or where it does not propagate.
	 * @param mdc the event's MDC
	 * @param name the field's name
	 * @return the id, or {@code null} if there is none
	 */
	static @Nullable String find(Map<String, String> mdc, String name) {
		String ours = mdc.get(PREFIX + name);
		return switch (name) {
			case LogField.TRACE_ID -> (ours != null) ? ours : mdc.get(LogField.MDC_TRACE_ID);
			case LogField.SPAN_ID -> isForeign(mdc) ? ours : mdc.get(LogField.MDC_SPAN_ID);
			default -> ours;
		};
	}

	/**
	 * Tells whether the current span, if any, is of another trace than the message.
	 */
	private static boolean isForeign(Map<String, String> mdc) {
		String trace = mdc.get(PREFIX + LogField.TRACE_ID);
		return trace != null && !trace.equals(mdc.get(LogField.MDC_TRACE_ID));
	}

	/**
	 * Visits the entries that are the application's own.
	 * @param mdc the event's MDC
	 * @param visitor takes a key and its value
	 */
	static void applicationEntries(Map<String, String> mdc, BiConsumer<String, String> visitor) {
		mdc.forEach((key, value) -> {
			if (!isOurs(mdc, key, value)) {
				visitor.accept(key, value);
			}
		});
	}

	/**
	 * Returns the entries that are not the application's.
	 * @param mdc the event's MDC
	 * @return a map of its own
	 */
	static Map<String, String> ofLibrary(Map<String, String> mdc) {
		Map<String, String> ours = new HashMap<>(mdc);
		applicationEntries(mdc, (key, value) -> ours.remove(key));
		return ours;
	}

	private static boolean isOurs(Map<String, String> mdc, String key, @Nullable String value) {
		if (key.equals(LogField.MDC_TRACE_ID) || key.equals(LogField.MDC_SPAN_ID)) {
			return true;
		}
		if (key.startsWith(PREFIX)) {
			return NAMES.contains(key.substring(PREFIX.length()));
		}
		return NAMES.contains(key) && value != null && value.equals(mdc.get(PREFIX + key));
	}

}
