package io.agentflow.messaging.connection;

import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

/**
 * Use of TLS. The server's certificate is always verified, and that it was made out to
 * the host name that was dialled (RFC 6125, which the NATS client leaves out).
 *
 * @param context gives the key and trust material; asked anew for every connection that
 * is made, so a rotated certificate is used from the next one on
 * @param handshakeFirst whether the server expects the TLS handshake before it says
 * anything ({@code handshake_first})
 */
public record TlsSettings(Supplier<SSLContext> context, boolean handshakeFirst) {

	/**
	 * Trusts what this JVM trusts and shows no client certificate.
	 * @return the settings
	 */
	public static TlsSettings systemDefault() {
		return new TlsSettings(TlsSettings::defaultContext, false);
	}

	/**
	 * Uses the given key and trust material.
	 * @param context gives it
	 * @return the settings
	 */
	public static TlsSettings of(Supplier<SSLContext> context) {
		return new TlsSettings(context, false);
	}

	private static SSLContext defaultContext() {
		try {
			return SSLContext.getDefault();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("This JVM has no default TLS context", ex);
		}
	}

}
