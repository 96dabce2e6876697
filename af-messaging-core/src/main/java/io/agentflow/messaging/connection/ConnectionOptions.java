package io.agentflow.messaging.connection;

import java.time.Duration;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import io.nats.client.Options;

/**
 * Turns our settings into the client's options, anew for every connection, because
 * credentials may have changed meanwhile.
 */
final class ConnectionOptions {

	private static final int MAX_PINGS_OUT = 2;

	private ConnectionOptions() {
	}

	static Options build(ConnectionSettings settings, ConnectionEvents events) {
		BusUrls urls = BusUrls.parse(settings.urls(), settings.credentials());
		Options.Builder options = new Options.Builder().servers(urls.urls().toArray(String[]::new))
			.connectionName(settings.name())
			.connectionTimeout(settings.connectTimeout())
			.pingInterval(settings.pingInterval())
			.maxPingsOut(MAX_PINGS_OUT)
			.reconnectDelayHandler((round) -> delay(settings, round))
			.reconnectBufferSize(settings.reconnectBufferSize())
			.advancedRequestBehavior()
			.strictSubjectValidation();
		if (settings.inboxPrefix() != null) {
			options.inboxPrefix(settings.inboxPrefix());
		}
		urls.credentials().applyTo(options);
		TlsSettings tls = (settings.tls() == null && urls.needTls()) ? TlsSettings.systemDefault() : settings.tls();
		if (tls != null) {
			applyTls(options, tls);
		}
		settings.options().accept(options);
		return options.maxReconnects(-1).connectionListener(events).errorListener(events).build();
	}

	private static void applyTls(Options.Builder options, TlsSettings tls) {
		Supplier<SSLContext> context = tls.context();
		// Any other mode hands the IP address to the TLS layer instead of the host name.
		options.sslContext(new HostVerifyingSslContext(context))
			.hostnameResolveMode(Options.HostnameResolveMode.HappyEyeballs);
		if (tls.handshakeFirst()) {
			options.tlsFirst();
		}
	}

	private static Duration delay(ConnectionSettings settings, long round) {
		return settings.reconnect().delay(round);
	}

}
