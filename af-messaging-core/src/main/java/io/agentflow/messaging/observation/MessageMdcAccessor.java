package io.agentflow.messaging.observation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Carries the ids that {@link MessageMdc} has put into the logging context to other
 * threads, by Micrometer's context propagation, which finds this class as a service. What
 * application code has put there is left alone: for that, the same library has
 * {@code Slf4jThreadLocalAccessor}.
 */
public final class MessageMdcAccessor implements ThreadLocalAccessor<Map<String, String>> {

	/** Under what the ids are kept in a snapshot, or in Reactor's context. */
	public static final String KEY = "agentflow.message.ids";

	private static final List<String> NAMES = List.of(MessageMdc.MESSAGE_ID, MessageMdc.WORKFLOW_ID,
			MessageMdc.AGENT_ID, MessageMdc.CORRELATION_ID, MessageMdc.TRACE_ID, MessageMdc.SPAN_ID);

	@Override
	public Object key() {
		return KEY;
	}

	/**
	 * Returns the ids of the message at hand.
	 * @return ids by their names, or {@code null} outside a message
	 */
	@Override
	public @Nullable Map<String, String> getValue() {
		if (MDC.get(MessageMdc.PREFIX + MessageMdc.MESSAGE_ID) == null) {
			return null; // every message has one; asked often, and mostly for nothing
		}
		Map<String, String> ids = new HashMap<>();
		for (String name : NAMES) {
			String value = MDC.get(MessageMdc.PREFIX + name);
			if (value != null) {
				ids.put(name, value);
			}
		}
		return Map.copyOf(ids);
	}

	@Override
	public void setValue(Map<String, String> ids) {
		for (String name : NAMES) {
			set(name, ids.get(name));
		}
	}

	@Override
	public void setValue() {
		setValue(Map.of());
	}

	/**
	 * Sets both entries of an id. The plain one is taken away only if it was ours.
	 */
	private static void set(String name, @Nullable String value) {
		String before = MDC.get(MessageMdc.PREFIX + name);
		if (value != null) {
			MDC.put(name, value);
			MDC.put(MessageMdc.PREFIX + name, value);
		}
		else if (before != null) {
			MDC.remove(MessageMdc.PREFIX + name);
			if (before.equals(MDC.get(name))) {
				MDC.remove(name);
			}
		}
	}

}
