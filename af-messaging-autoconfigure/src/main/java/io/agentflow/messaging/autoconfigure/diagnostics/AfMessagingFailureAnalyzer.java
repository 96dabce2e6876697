package io.agentflow.messaging.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.agentflow.messaging.AfMessagingException;

/**
 * Shows what is left of this library's failures without a page of stack: their messages
 * say what happened and what to do. Asked last.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
final class AfMessagingFailureAnalyzer extends AbstractFailureAnalyzer<AfMessagingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, AfMessagingException cause) {
		Throwable reason = cause.getCause();
		String because = (reason != null) ? " The reason: " + reason.getClass().getName() + "." : "";
		return new FailureAnalysis(cause.getMessage() + because,
				"Do what the description says; the log above has what came before. With --debug the stack is shown.",
				cause);
	}

}
