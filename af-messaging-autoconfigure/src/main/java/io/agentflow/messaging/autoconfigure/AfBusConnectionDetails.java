package io.agentflow.messaging.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

import io.agentflow.messaging.connection.BusCredentials;

/**
 * Where the bus is and how to get in. Spring Boot takes it from the properties
 * {@code af.bus.*}, from Docker Compose or from Testcontainers; an application may give
 * its own bean instead.
 */
public interface AfBusConnectionDetails extends ConnectionDetails {

	/**
	 * Returns the URLs of one or more servers of one cluster.
	 * @return the URLs, at least one
	 */
	List<String> getUrls();

	/**
	 * Returns how to tell the server who we are.
	 * @return the credentials, none by default
	 */
	default BusCredentials getCredentials() {
		return BusCredentials.none();
	}

	/**
	 * Returns the key and trust material of the connection. Asked for anew for every
	 * connection that is made.
	 * @return the bundle, or {@code null} to leave TLS to the URLs
	 */
	default @Nullable SslBundle getSslBundle() {
		return null;
	}

}
