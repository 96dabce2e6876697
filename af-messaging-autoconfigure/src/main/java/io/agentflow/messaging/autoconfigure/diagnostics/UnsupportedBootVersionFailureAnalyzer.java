package io.agentflow.messaging.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a start on a Spring Boot that is too old.
 */
final class UnsupportedBootVersionFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedBootVersionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedBootVersionException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Move the application to Spring Boot 4, or take af-messaging-spring-boot-starter out of it.", cause);
	}

}
