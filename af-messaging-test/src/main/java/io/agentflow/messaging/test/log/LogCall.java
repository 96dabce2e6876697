package io.agentflow.messaging.test.log;

import java.util.List;
import java.util.Set;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * The calls by which code sets fields of a log line.
 */
enum LogCall {

	/** SLF4J's context, and that of Log4j's interface, which is bridged to it. */
	MDC("MDC",
			List.of("org/slf4j/MDC", "org/slf4j/spi/MDCAdapter", "org/apache/logging/log4j/ThreadContext",
					"org/apache/logging/log4j/CloseableThreadContext"),
			Set.of("put", "putCloseable", "pushByKey", "setContextMap", "putIfNull", "putAll")),

	/** Key-value pairs of SLF4J's fluent interface. */
	KEY_VALUE("key-value pair", List.of("org/slf4j/"), Set.of("addKeyValue")),

	/** Structured arguments of logstash-logback-encoder. */
	ARGUMENT("structured argument", List.of("net/logstash/logback/argument/StructuredArguments"),
			Set.of("kv", "keyValue", "v", "value", "a", "array", "r", "raw", "e", "entries")),

	/** Markers of logstash-logback-encoder. */
	MARKER("marker", List.of("net/logstash/logback/marker/"),
			Set.of("<init>", "append", "appendArray", "appendRaw", "appendEntries"));

	private final String way;

	private final List<String> owners;

	private final Set<String> methods;

	LogCall(String way, List<String> owners, Set<String> methods) {
		this.way = way;
		this.owners = owners;
		this.methods = methods;
	}

	/**
	 * Tells whether an instruction is such a call: one whose first argument is a name, or
	 * a map of them.
	 */
	boolean is(MethodInsnNode call) {
		Type[] arguments = Type.getArgumentTypes(call.desc);
		return this.methods.contains(call.name) && arguments.length > 0
				&& (arguments[0].getDescriptor().equals("Ljava/lang/String;")
						|| arguments[0].getDescriptor().equals("Ljava/util/Map;"))
				&& this.owners.stream()
					.anyMatch((owner) -> owner.endsWith("/") ? call.owner.startsWith(owner) : call.owner.equals(owner));
	}

	/**
	 * Returns what people call it.
	 */
	String way() {
		return this.way;
	}

}
