package io.agentflow.messaging.autoconfigure;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.StringUtils;

import io.agentflow.messaging.connection.ConnectionSettings;
import io.agentflow.messaging.connection.ReconnectPolicy;
import io.agentflow.messaging.connection.TlsSettings;

/**
 * Turns {@code af.bus.*} and the connection details into the connection's settings.
 */
final class ConnectionSettingsMapper {

	private static final double JITTER = 0.25;

	private final AfBusProperties properties;

	private final AfBusConnectionDetails details;

	ConnectionSettingsMapper(AfBusProperties properties, AfBusConnectionDetails details) {
		this.properties = properties;
		this.details = details;
	}

	ConnectionSettings map(String applicationName) {
		String name = StringUtils.hasText(this.properties.getName()) ? this.properties.getName() : applicationName;
		return ConnectionSettings.of(this.details.getUrls().toArray(String[]::new))
			.withName(name)
			.withStartup(this.properties.getStartup())
			.withReconnect(new ReconnectPolicy(this.properties.getMaxReconnect(), this.properties.getReconnectWait(),
					this.properties.getMaxReconnectWait(), JITTER))
			.withConnectTimeout(this.properties.getConnectTimeout())
			.withPingInterval(this.properties.getPingInterval())
			.withReconnectBufferSize(this.properties.getReconnectBuffer().toBytes())
			.withCredentials(this.details.getCredentials())
			.withTls(tls())
			.withInboxPrefix(this.properties.getInboxPrefix());
	}

	private @Nullable TlsSettings tls() {
		SslBundle bundle = this.details.getSslBundle();
		boolean handshakeFirst = this.properties.getSsl().isHandshakeFirst();
		if (bundle == null) {
			return handshakeFirst ? new TlsSettings(TlsSettings.systemDefault().context(), true) : null;
		}
		// The bundle is asked for again at each connect, because it may have been
		// reloaded.
		return new TlsSettings(() -> Objects.requireNonNull(this.details.getSslBundle()).createSslContext(),
				handshakeFirst);
	}

}
