package io.agentflow.messaging.test.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.context.ConfigurableApplicationContext;

import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.test.AfLogAssert;

/**
 * An application that logs into a file with the defaults of the starter, and nothing to
 * the console.
 */
final class LoggedApplication implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final Path file;

	private LoggedApplication(ConfigurableApplicationContext context, Path file) {
		this.context = context;
		this.file = file;
	}

	static LoggedApplication start(Class<?> source, Path file, String... properties) {
		startLoggingAnew();
		SpringApplication application = new SpringApplication(source);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		List<String> arguments = new ArrayList<>(List.of("--spring.application.name=logged",
				"--spring.docker.compose.enabled=false", "--logging.file.name=" + file,
				"--logging.logback.rollingpolicy.max-file-size=1GB", "--logging.threshold.console=OFF"));
		for (String property : properties) {
			arguments.add("--" + property);
		}
		return new LoggedApplication(application.run(arguments.toArray(String[]::new)), file);
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	AfPublisher publisher() {
		return get(AfPublisher.class);
	}

	/**
	 * Checks what was logged so far.
	 */
	AfLogAssert log() {
		return AfLogAssert.assertThatLog(this.file);
	}

	@Override
	public void close() {
		this.context.close();
		startLoggingAnew();
	}

	/**
	 * Forgets what earlier applications in this JVM have set: Spring Boot hands it to the
	 * logging system by system properties and leaves them there.
	 */
	private static void startLoggingAnew() {
		for (LoggingSystemProperty property : LoggingSystemProperty.values()) {
			System.clearProperty(property.getEnvironmentVariableName());
		}
		LoggingSystem system = LoggingSystem.get(LoggedApplication.class.getClassLoader());
		system.cleanUp();
		system.beforeInitialize();
	}

}
