package io.agentflow.messaging.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The name by which this application is known on the bus.
 */
final class ApplicationName {

	private static final Logger logger = LoggerFactory.getLogger(ApplicationName.class);

	private static final String UNNAMED = "application";

	private ApplicationName() {
	}

	static String of(Environment environment) {
		String name = environment.getProperty("spring.application.name");
		return StringUtils.hasText(name) ? name : UNNAMED;
	}

	/**
	 * Returns the name for durable consumers, and warns if there is none: two
	 * applications without one would take each other's messages.
	 */
	static String forConsumers(Environment environment) {
		if (!StringUtils.hasText(environment.getProperty("spring.application.name"))) {
			logger.warn("spring.application.name (or AF_SERVICE_NAME) is not set: durable consumers are called {}_<id>,"
					+ " and another application without a name on this broker would share them", UNNAMED);
		}
		return of(environment);
	}

}
