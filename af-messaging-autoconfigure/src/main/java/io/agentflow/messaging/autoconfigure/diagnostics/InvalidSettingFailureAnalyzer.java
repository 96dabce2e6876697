package io.agentflow.messaging.autoconfigure.diagnostics;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a value that this library's own checks refuse when the application starts: a
 * URL, a duration or a number out of its bounds. Leaves the refusals of others alone,
 * told apart by who called the check.
 */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<IllegalArgumentException> {

	private static final String OURS = "io.agentflow.messaging.";

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, IllegalArgumentException cause) {
		boolean ours = Arrays.stream(cause.getStackTrace())
			.map(StackTraceElement::getClassName)
			.filter((name) -> !name.startsWith("org.springframework.util."))
			.findFirst()
			.filter((name) -> name.startsWith(OURS))
			.isPresent();
		return ours ? new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Correct the property under af.bus, af.message or af.logging that the description is about; docs/configuration.md"
						+ " lists them with their defaults. An AF_… variable of the environment sets one, too.",
				cause) : null;
	}

}
