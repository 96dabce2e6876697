package io.agentflow.messaging.autoconfigure;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The name by which this application is known on the bus.
 */
final class ApplicationName {

	private static final String UNNAMED = "application";

	private ApplicationName() {
	}

	static String of(Environment environment) {
		String name = environment.getProperty("spring.application.name");
		return StringUtils.hasText(name) ? name : UNNAMED;
	}

}
