package io.agentflow.messaging.autoconfigure.diagnostics;

import io.agentflow.messaging.AfMessagingException;

/**
 * The application runs on a Spring Boot that this library does not work with.
 */
final class UnsupportedBootVersionException extends AfMessagingException {

	private static final long serialVersionUID = 1L;

	UnsupportedBootVersionException(String version) {
		super("AgentFlow messaging needs Spring Boot 4, and this application runs on Spring Boot " + version + ".");
	}

}
