package io.agentflow.messaging.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.agentflow.messaging.connection.NotConnectedException;

/**
 * Explains a start without a server.
 */
final class NotConnectedFailureAnalyzer extends AbstractFailureAnalyzer<NotConnectedException> {

	private static final String ACTION = """
			One of these:

			  - Start a NATS server with JetStream where the application looks for it: nats-server -js
			  - Point the application to yours: property af.bus.url, environment variable AF_BUS_URL
			  - If the server asks for credentials or TLS, set af.bus.user and af.bus.password, af.bus.token, af.bus.nkey \
			or af.bus.credentials, and af.bus.ssl.bundle
			  - Wait longer for it: af.bus.max-reconnect, af.bus.reconnect-wait
			  - Start without it: af.bus.startup=background keeps trying, with health down until it is there""";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NotConnectedException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), ACTION, cause);
	}

}
