package io.agentflow.messaging.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.agentflow.messaging.stream.StreamProvisioningException;

/**
 * Explains a start whose streams cannot be as they are specified.
 */
final class StreamProvisioningFailureAnalyzer extends AbstractFailureAnalyzer<StreamProvisioningException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StreamProvisioningException cause) {
		String property = cause.property();
		String change = (property != null)
				? "Change the property " + property + ", or stream " + cause.stream() + " on the server."
				: "Change stream " + cause.stream() + " on the server, or its properties under af.bus.streams.";
		return new FailureAnalysis(String.valueOf(cause.getMessage()), change
				+ " The property af.bus.provisioning says what the start may do about streams: update, create, validate or none.",
				cause);
	}

}
