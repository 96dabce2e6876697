package io.agentflow.messaging.connection;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.Supplier;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Asks for the real context at each use and hands out sockets that verify the server's
 * host name.
 */
final class HostVerifyingSslContext extends SSLContext {

	HostVerifyingSslContext(Supplier<SSLContext> context) {
		super(new Spi(context), context.get().getProvider(), context.get().getProtocol());
	}

	private static final class Spi extends SSLContextSpi {

		private final Supplier<SSLContext> context;

		Spi(Supplier<SSLContext> context) {
			this.context = context;
		}

		@Override
		protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
				throws KeyManagementException {
			throw new KeyManagementException("This context is initialised already");
		}

		@Override
		protected SSLSocketFactory engineGetSocketFactory() {
			return new HostVerifyingSocketFactory(this.context.get().getSocketFactory());
		}

		@Override
		protected SSLServerSocketFactory engineGetServerSocketFactory() {
			return this.context.get().getServerSocketFactory();
		}

		@Override
		protected SSLEngine engineCreateSSLEngine() {
			return this.context.get().createSSLEngine();
		}

		@Override
		protected SSLEngine engineCreateSSLEngine(String host, int port) {
			SSLEngine engine = this.context.get().createSSLEngine(host, port);
			SSLParameters parameters = engine.getSSLParameters();
			parameters.setEndpointIdentificationAlgorithm(HostVerifyingSocketFactory.HTTPS);
			engine.setSSLParameters(parameters);
			return engine;
		}

		@Override
		protected SSLSessionContext engineGetServerSessionContext() {
			return this.context.get().getServerSessionContext();
		}

		@Override
		protected SSLSessionContext engineGetClientSessionContext() {
			return this.context.get().getClientSessionContext();
		}

	}

}
