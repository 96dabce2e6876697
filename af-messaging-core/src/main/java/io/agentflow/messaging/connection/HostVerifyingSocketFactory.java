package io.agentflow.messaging.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes TLS sockets that compare the server's certificate with the host name that they
 * were made for, by the rules of HTTPS.
 */
final class HostVerifyingSocketFactory extends SSLSocketFactory {

	static final String HTTPS = "HTTPS";

	private final SSLSocketFactory delegate;

	HostVerifyingSocketFactory(SSLSocketFactory delegate) {
		this.delegate = delegate;
	}

	@Override
	public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
		return verifying(this.delegate.createSocket(socket, host, port, autoClose));
	}

	@Override
	public Socket createSocket() throws IOException {
		return verifying(this.delegate.createSocket());
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		return verifying(this.delegate.createSocket(host, port));
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
		return verifying(this.delegate.createSocket(host, port, localHost, localPort));
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		return verifying(this.delegate.createSocket(host, port));
	}

	@Override
	public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
		return verifying(this.delegate.createSocket(host, port, localHost, localPort));
	}

	@Override
	public String[] getDefaultCipherSuites() {
		return this.delegate.getDefaultCipherSuites();
	}

	@Override
	public String[] getSupportedCipherSuites() {
		return this.delegate.getSupportedCipherSuites();
	}

	private static Socket verifying(Socket socket) {
		SSLSocket ssl = (SSLSocket) socket;
		SSLParameters parameters = ssl.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm(HTTPS);
		ssl.setSSLParameters(parameters);
		return ssl;
	}

}
