package io.agentflow.messaging.autoconfigure.aot;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * Names what is reached by name only: the log formatter, which Spring Boot creates from a
 * property, and the schemas on the class path.
 */
final class AfMessagingRuntimeHints implements RuntimeHintsRegistrar {

	private static final String FORMATTER = "io.agentflow.messaging.autoconfigure.logging.AfJsonLogFormatter";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection()
			.registerType(TypeReference.of(FORMATTER), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)
			.registerType(TypeReference.of("io.agentflow.messaging.autoconfigure.logging.AfJsonLoggingProperties"),
					MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.INVOKE_DECLARED_METHODS);
		hints.resources().registerPattern("af/schemas/*.json").registerPattern("io/agentflow/messaging/*.json");
	}

}
