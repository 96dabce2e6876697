package io.agentflow.messaging.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.agentflow.messaging.codec.InvalidSchemaException;

/**
 * Explains a payload schema that cannot be used.
 */
final class InvalidSchemaFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSchemaException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSchemaException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Correct the file under af/schemas on the class path, or take it away: it is the schema of the payload"
						+ " type that it is named after, and is read when the application starts.",
				cause);
	}

}
