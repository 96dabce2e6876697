package io.agentflow.messaging.connection;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import io.nats.client.AuthenticationException;

/**
 * Puts into words why a connection could not be made.
 */
final class ConnectFailure {

	private static final int MAX_LENGTH = 300;

	private ConnectFailure() {
	}

	/**
	 * Tells whether the server, or we, refused for a reason that waiting does not cure.
	 */
	static boolean isRefusal(@Nullable Throwable failure) {
		for (Throwable t = failure; t != null; t = t.getCause()) {
			if (t instanceof AuthenticationException || t instanceof SSLException) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Tells whether the server has refused who we are, by the words that it uses.
	 */
	static boolean isAuthenticationError(String error) {
		String lower = error.toLowerCase(Locale.ROOT);
		return lower.contains("authorization violation") || lower.contains("authentication");
	}

	static String describe(Throwable failure) {
		SSLException tls = find(failure, SSLException.class);
		if (tls != null) {
			return describeTls(tls);
		}
		if (find(failure, AuthenticationException.class) != null) {
			return "the server refuses the credentials (" + safe(root(failure).getMessage()) + ")";
		}
		Throwable root = root(failure);
		String text = safe(root.getMessage());
		return text.isEmpty() ? root.getClass().getSimpleName() : text;
	}

	/**
	 * Makes a text of foreign origin safe to print: one line, bounded length.
	 */
	static String safe(@Nullable String text) {
		if (text == null) {
			return "";
		}
		String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
		return (clean.length() > MAX_LENGTH) ? clean.substring(0, MAX_LENGTH) + "…" : clean;
	}

	private static String describeTls(SSLException failure) {
		String text = safe(root(failure).getMessage());
		String lower = text.toLowerCase(Locale.ROOT);
		String verdict;
		if (find(failure, CertificateExpiredException.class) != null) {
			verdict = "the server's certificate has expired";
		}
		else if (find(failure, CertificateNotYetValidException.class) != null) {
			verdict = "the server's certificate is not valid yet";
		}
		else if (lower.contains("no subject alternative") || lower.contains("no name matching")) {
			verdict = "the server's certificate was made out to another host name";
		}
		else if (lower.contains("unable to find valid certification path") || lower.contains("path")) {
			verdict = "the server's certificate was issued by an authority that is not trusted";
		}
		else if (lower.contains("unrecognized ssl message")) {
			verdict = "the server does not speak TLS";
		}
		else if (lower.contains("alert")) {
			verdict = describeAlert(lower);
		}
		else {
			verdict = "the TLS handshake failed";
		}
		return verdict + " (" + text + ")";
	}

	/**
	 * An alert is the server's word on our certificate (RFC 8446, section 6.2).
	 */
	private static String describeAlert(String text) {
		if (text.contains("certificate_required")) {
			return "the server demands a client certificate and got none";
		}
		if (text.contains("certificate_expired")) {
			return "the server says that the client certificate has expired";
		}
		if (text.contains("unknown_ca")) {
			return "the server does not trust the issuer of the client certificate";
		}
		if (text.contains("bad_certificate") || text.contains("certificate_unknown")) {
			return "the server refuses the client certificate, or got none";
		}
		return "the server ended the TLS handshake";
	}

	private static Throwable root(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null && root.getCause() != root) {
			root = root.getCause();
		}
		return root;
	}

	private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
		for (Throwable t = failure; t != null; t = t.getCause()) {
			if (type.isInstance(t)) {
				return type.cast(t);
			}
		}
		return null;
	}

}
