package io.agentflow.messaging.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.agentflow.messaging.listener.ListenerDefinitionException;

/**
 * Explains a listener that cannot be as it was written.
 */
final class ListenerDefinitionFailureAnalyzer extends AbstractFailureAnalyzer<ListenerDefinitionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ListenerDefinitionException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Correct the AfListener method or the registration that the description names.", cause);
	}

}
