package io.agentflow.messaging.test;

import java.util.Map;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.stream.StreamTopology;
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
		beans.registerBeanDefinition("afTestPublishedMessages", publishedMessages(beans));
		beans.registerBeanDefinition("afTestRecordedDeliveries",
				new RootBeanDefinition(RecordedDeliveries.class, RecordedDeliveries::new));
	}

	/** Made when a test asks for it: an application need not have a bus at all. */
	private static RootBeanDefinition publishedMessages(DefaultListableBeanFactory beans) {
		RootBeanDefinition definition = new RootBeanDefinition(PublishedMessages.class,
				() -> PublishedMessages.of(beans.getBean(BusConnection.class), beans.getBean(EnvelopeCodec.class),
						beans.getBean(StreamTopology.class)));
		definition.setLazyInit(true);
		return definition;
	}

}
