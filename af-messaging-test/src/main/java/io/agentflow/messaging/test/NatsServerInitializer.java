package io.agentflow.messaging.test;

import java.util.Map;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Points {@code af.bus.url} of a context to the one nats-server of this JVM, which it
 * starts when it is first used. Each context has an account of that server for itself,
 * with no streams in it: contexts do not see each other's messages. To be named by
 * {@code @ContextConfiguration(initializers = …)} or {@code @SpringJUnitConfig}; works
 * without Spring Boot. A test that stops or kills its server takes
 * {@link AutoConfigureNatsServer} instead.
 */
public final class NatsServerInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	/**
	 * For Spring.
	 */
	public NatsServerInitializer() {
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		context.getEnvironment()
			.getPropertySources()
			.addFirst(
					new MapPropertySource("afSharedNatsServer", Map.of("af.bus.url", SharedNatsServer.takeAccount())));
	}

}
