package io.agentflow.messaging.connection;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

/**
 * Finds out why a TLS connection has failed. With TLS 1.3 the server looks at the
 * client's certificate after the client has finished its handshake, so the client library
 * sees no more than a timeout or a broken pipe; the server's alert is there to be read
 * for whoever waits for it.
 */
final class TlsProbe {

	private static final int MAX_INFO_LINE = 1 << 16;

	private static final Duration ALERT_TIMEOUT = Duration.ofSeconds(1);

	private TlsProbe() {
	}

	/**
	 * Makes one handshake with each server until one refuses.
	 * @return what was refused, or {@code null} if nothing was
	 */
	static @Nullable SSLException diagnose(ConnectionSettings settings) {
		BusUrls urls = BusUrls.parse(settings.urls(), settings.credentials());
		TlsSettings tls = settings.tls();
		if (tls == null && !urls.needTls()) {
			return null;
		}
		TlsSettings used = (tls != null) ? tls : TlsSettings.systemDefault();
		for (String url : urls.urls()) {
			try {
				handshake(URI.create(url), used, settings.connectTimeout());
			}
			catch (SSLException ex) {
				return ex;
			}
			catch (IOException ex) {
				// Not reachable: nothing to learn about TLS here.
				continue;
			}
		}
		return null;
	}

	private static void handshake(URI uri, TlsSettings tls, Duration timeout) throws IOException {
		try (Socket plain = new Socket()) {
			plain.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), (int) timeout.toMillis());
			plain.setSoTimeout((int) Math.min(timeout.toMillis(), ALERT_TIMEOUT.toMillis()));
			if (!tls.handshakeFirst()) {
				skipLine(plain.getInputStream());
			}
			HostVerifyingSocketFactory factory = new HostVerifyingSocketFactory(tls.context().get().getSocketFactory());
			try (SSLSocket secure = (SSLSocket) factory.createSocket(plain, uri.getHost(), uri.getPort(), true)) {
				secure.startHandshake();
				// A server that is content says nothing more until it is spoken to.
				secure.getInputStream().read();
			}
		}
	}

	private static void skipLine(InputStream in) throws IOException {
		for (int i = 0; i < MAX_INFO_LINE; i++) {
			int next = in.read();
			if (next < 0 || next == '\n') {
				return;
			}
		}
	}

}
