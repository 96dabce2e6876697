package io.agentflow.messaging.autoconfigure.logging;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

import ch.qos.logback.classic.LoggerContext;
import org.jspecify.annotations.Nullable;

/**
 * The names of log fields that only this library sets, and how often application code has
 * tried to. One for each logger context, so shared by all its appenders. Thread-safe.
 */
final class ReservedNames {

	/** Names that application code cannot set. */
	static final Set<String> NAMES = Set.of(LogField.TIMESTAMP, LogField.LEVEL, LogField.MESSAGE, LogField.TRACE_ID,
			LogField.SPAN_ID, LogField.MESSAGE_ID, LogField.WORKFLOW_ID, LogField.AGENT_ID, LogField.CORRELATION_ID,
			LogField.LOGGER, LogField.THREAD, LogField.SERVICE, LogField.SERVICE_VERSION, LogField.STACK_TRACE,
			LogField.TAGS);

	private static final String PREFIX = "app_";

	private final Map<String, LongAdder> overrides = new ConcurrentHashMap<>();

	private final Queue<String> unreported = new ConcurrentLinkedQueue<>();

	/**
	 * Returns the one of a logger context.
	 * @param context the context
	 * @return its own, made at the first call
	 */
	static ReservedNames of(LoggerContext context) {
		synchronized (context.getConfigurationLock()) {
			if (context.getObject(ReservedNames.class.getName()) instanceof ReservedNames present) {
				return present;
			}
			ReservedNames created = new ReservedNames();
			context.putObject(ReservedNames.class.getName(), created);
			return created;
		}
	}

	/**
	 * Tells under which name a value of the application is kept.
	 * @param name the name that the application gave it
	 * @return the name, prefixed if it is reserved
	 */
	String govern(String name) {
		if (!NAMES.contains(name)) {
			return name;
		}
		this.overrides.computeIfAbsent(name, (key) -> {
			this.unreported.add(key);
			return new LongAdder();
		}).increment();
		return PREFIX + name;
	}

	/**
	 * Takes a name that was overridden for the first time and is not yet warned about.
	 * @return a reserved name, or {@code null}
	 */
	@Nullable String takeUnreported() {
		return this.unreported.poll();
	}

	/**
	 * Counts the attempts to set one name.
	 * @param name a reserved name
	 * @return how often it was overridden
	 */
	long overrides(String name) {
		LongAdder count = this.overrides.get(name);
		return (count != null) ? count.sum() : 0;
	}

	/**
	 * Visits the counts.
	 * @param visitor takes a name and its count
	 */
	void forEach(BiConsumer<String, Long> visitor) {
		this.overrides.forEach((name, count) -> visitor.accept(name, count.sum()));
	}

}
