package io.agentflow.messaging.connection;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

import io.nats.client.Options;

/**
 * Everything there is to say about the connection. Start from {@link #of} and change with
 * the {@code with} methods.
 *
 * @param urls {@code nats://}, {@code tls://}, {@code ws://} or {@code wss://} URLs of
 * one or more servers of one cluster, each entry one or several parted by commas; user
 * information in them is taken as credentials and shown nowhere
 * @param name what the server calls this client in its logs and monitoring
 * @param startup what to do when no server can be reached at start-up
 * @param reconnect how often and how fast to try again
 * @param connectTimeout limit of one attempt, also of a request to the JetStream API
 * @param pingInterval how often to ask the server for a sign of life; two that stay
 * unanswered make the connection lost
 * @param reconnectBufferSize most bytes to hold while the connection is away
 * @param credentials how to tell the server who we are
 * @param tls use of TLS; {@code null} leaves it to the scheme of the URLs
 * @param inboxPrefix first part of the subjects of replies, so that permissions can keep
 * them private to one client; {@code null} for the common {@code _INBOX.}
 * @param options has the last word on the client's options, for what has no setting here;
 * called for every connection that is made
 */
public record ConnectionSettings(List<String> urls, String name, StartupPolicy startup, ReconnectPolicy reconnect,
		Duration connectTimeout, Duration pingInterval, long reconnectBufferSize, BusCredentials credentials,
		@Nullable TlsSettings tls, @Nullable String inboxPrefix, Consumer<Options.Builder> options) {

	private static final long DEFAULT_BUFFER = 8L * 1024 * 1024;

	/**
	 * Checks what can be checked without a connection.
	 */
	public ConnectionSettings {
		urls = List.copyOf(urls);
		Assert.notEmpty(urls, "ConnectionSettings: at least one URL is needed");
		Assert.hasText(name, "ConnectionSettings: name must not be empty");
		Assert.isTrue(connectTimeout.toMillis() >= 1, "ConnectionSettings: connectTimeout must be 1 ms or more");
		Assert.isTrue(pingInterval.toMillis() >= 1, "ConnectionSettings: pingInterval must be 1 ms or more");
		Assert.isTrue(reconnectBufferSize >= 0, "ConnectionSettings: reconnectBufferSize must not be negative");
		BusUrls.parse(urls, credentials);
	}

	/**
	 * Starts with the defaults.
	 * @param urls URLs of the servers
	 * @return the settings
	 * @throws IllegalArgumentException if one is not a URL that can be used
	 */
	public static ConnectionSettings of(String... urls) {
		return new ConnectionSettings(List.of(urls), "af-messaging", StartupPolicy.FAIL, ReconnectPolicy.DEFAULT,
				Duration.ofSeconds(5), Duration.ofSeconds(10), DEFAULT_BUFFER, BusCredentials.none(), null, null,
				(options) -> {
				});
	}

	/**
	 * Returns the same settings with another name.
	 * @param other what the server calls this client
	 * @return the settings
	 */
	public ConnectionSettings withName(String other) {
		return new ConnectionSettings(this.urls, other, this.startup, this.reconnect, this.connectTimeout,
				this.pingInterval, this.reconnectBufferSize, this.credentials, this.tls, this.inboxPrefix,
				this.options);
	}

	/**
	 * Returns the same settings with another start-up policy.
	 * @param other what to do when no server can be reached at start-up
	 * @return the settings
	 */
	public ConnectionSettings withStartup(StartupPolicy other) {
		return new ConnectionSettings(this.urls, this.name, other, this.reconnect, this.connectTimeout,
				this.pingInterval, this.reconnectBufferSize, this.credentials, this.tls, this.inboxPrefix,
				this.options);
	}

	/**
	 * Returns the same settings with another reconnect policy.
	 * @param other how often and how fast to try again
	 * @return the settings
	 */
	public ConnectionSettings withReconnect(ReconnectPolicy other) {
		return new ConnectionSettings(this.urls, this.name, this.startup, other, this.connectTimeout, this.pingInterval,
				this.reconnectBufferSize, this.credentials, this.tls, this.inboxPrefix, this.options);
	}

	/**
	 * Returns the same settings with another connect timeout.
	 * @param other limit of one attempt
	 * @return the settings
	 */
	public ConnectionSettings withConnectTimeout(Duration other) {
		return new ConnectionSettings(this.urls, this.name, this.startup, this.reconnect, other, this.pingInterval,
				this.reconnectBufferSize, this.credentials, this.tls, this.inboxPrefix, this.options);
	}

	/**
	 * Returns the same settings with another ping interval.
	 * @param other how often to ask the server for a sign of life
	 * @return the settings
	 */
	public ConnectionSettings withPingInterval(Duration other) {
		return new ConnectionSettings(this.urls, this.name, this.startup, this.reconnect, this.connectTimeout, other,
				this.reconnectBufferSize, this.credentials, this.tls, this.inboxPrefix, this.options);
	}

	/**
	 * Returns the same settings with another reconnect buffer.
	 * @param bytes most bytes to hold while the connection is away
	 * @return the settings
	 */
	public ConnectionSettings withReconnectBufferSize(long bytes) {
		return new ConnectionSettings(this.urls, this.name, this.startup, this.reconnect, this.connectTimeout,
				this.pingInterval, bytes, this.credentials, this.tls, this.inboxPrefix, this.options);
	}

	/**
	 * Returns the same settings with other credentials.
	 * @param other how to tell the server who we are
	 * @return the settings
	 * @throws IllegalArgumentException if the URLs hold user information too
	 */
	public ConnectionSettings withCredentials(BusCredentials other) {
		return new ConnectionSettings(this.urls, this.name, this.startup, this.reconnect, this.connectTimeout,
				this.pingInterval, this.reconnectBufferSize, other, this.tls, this.inboxPrefix, this.options);
	}

	/**
	 * Returns the same settings with TLS.
	 * @param other use of TLS, or {@code null} to leave it to the URLs
	 * @return the settings
	 */
	public ConnectionSettings withTls(@Nullable TlsSettings other) {
		return new ConnectionSettings(this.urls, this.name, this.startup, this.reconnect, this.connectTimeout,
				this.pingInterval, this.reconnectBufferSize, this.credentials, other, this.inboxPrefix, this.options);
	}

	/**
	 * Returns the same settings with another prefix of reply subjects.
	 * @param prefix the prefix, or {@code null} for {@code _INBOX.}
	 * @return the settings
	 */
	public ConnectionSettings withInboxPrefix(@Nullable String prefix) {
		return new ConnectionSettings(this.urls, this.name, this.startup, this.reconnect, this.connectTimeout,
				this.pingInterval, this.reconnectBufferSize, this.credentials, this.tls, prefix, this.options);
	}

	/**
	 * Returns the same settings with another word on the client's options, said after
	 * that of these settings.
	 * @param customizer changes the options; what keeps the connection alive (listeners,
	 * the number of reconnects) is set after it
	 * @return the settings
	 */
	public ConnectionSettings withOptions(Consumer<Options.Builder> customizer) {
		return new ConnectionSettings(this.urls, this.name, this.startup, this.reconnect, this.connectTimeout,
				this.pingInterval, this.reconnectBufferSize, this.credentials, this.tls, this.inboxPrefix,
				this.options.andThen(customizer));
	}

	/**
	 * Names the servers without user information.
	 */
	@Override
	public String toString() {
		return "ConnectionSettings[" + this.name + " to " + String.join(", ", hosts()) + "]";
	}

	List<String> hosts() {
		return BusUrls.parse(this.urls, this.credentials).hosts();
	}

}
