package io.agentflow.messaging.test;

import java.util.Map;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

import io.agentflow.messaging.test.server.NatsServer;

/**
 * Starts a server for a context. A record without parts: all are equal, so contexts that
 * differ in nothing else are shared between tests.
 */
record NatsServerContextCustomizer() implements ContextCustomizer {

	private static final String BEAN = "afTestNatsServer";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		NatsServer server = NatsServer.start();
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource(BEAN, Map.of("af.bus.url", server.url())));
		DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
		beans.registerSingleton(BEAN, server);
		// Registered first, so ended last: after the connection has said good-bye.
		beans.registerDisposableBean(BEAN, server::close);
	}

}
