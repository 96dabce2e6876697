package io.agentflow.messaging.autoconfigure.logging;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Makes JSON the default of Spring Boot's structured logging, early enough for the first
 * line. Only a default: whatever the application sets goes before it.
 */
final class AfLoggingEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String FORMATTER = "io.agentflow.messaging.autoconfigure.logging.AfJsonLogFormatter";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		ClassLoader classLoader = application.getClassLoader();
		boolean byDefault = !ClassUtils.isPresent("org.springframework.boot.devtools.restart.Restarter", classLoader);
		if (isSupported(classLoader) && environment.getProperty("af.logging.json.enabled", Boolean.class, byDefault)) {
			environment.getPropertySources()
				.addLast(new MapPropertySource("afLoggingDefaults", Map.of("logging.structured.format.console",
						FORMATTER, "logging.structured.format.file", FORMATTER)));
		}
	}

	@Override
	public int getOrder() {
		// After ConfigDataEnvironmentPostProcessor, so that application.yaml is asked
		// too.
		return Ordered.LOWEST_PRECEDENCE;
	}

	private static boolean isSupported(ClassLoader classLoader) {
		return ClassUtils.isPresent("net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder", classLoader)
				&& ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext", classLoader);
	}

}
