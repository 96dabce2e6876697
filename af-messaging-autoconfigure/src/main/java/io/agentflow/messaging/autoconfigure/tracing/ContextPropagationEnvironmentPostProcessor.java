package io.agentflow.messaging.autoconfigure.tracing;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Makes it Spring Boot's default that a message's ids and span go along where work goes
 * on on another thread: with tasks, and through Reactor's operators. Only a default:
 * whatever the application sets goes before it.
 */
final class ContextPropagationEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	/** Spring Boot's property for Reactor. */
	static final String REACTOR = "spring.reactor.context-propagation";

	private static final Map<String, Object> DEFAULTS = Map.of("spring.task.execution.propagate-context", "true",
			REACTOR, "auto");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (ClassUtils.isPresent("io.micrometer.context.ContextSnapshot", application.getClassLoader())) {
			environment.getPropertySources().addLast(new MapPropertySource("afContextDefaults", DEFAULTS));
		}
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
