package io.agentflow.messaging.sample;

import java.util.Map;
import java.util.UUID;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Defaults that a file cannot hold.
 * <p>
 * The pinger's name is random, but one for the whole application: a placeholder would
 * draw another one each time it is read. And the log must not drown the table: whoever
 * pings logs warnings only, unless started with {@code --verbose}, while a ponger, which
 * has no table, logs as any service does.
 */
final class SampleDefaults implements EnvironmentPostProcessor, Ordered {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		boolean ponger = "ponger".equalsIgnoreCase(environment.getProperty("pingpong.role"));
		boolean verbose = environment.getProperty("pingpong.verbose", Boolean.class, false);
		String agent = environment.getProperty("AF_PINGPONG_AGENT",
				"pinger-" + UUID.randomUUID().toString().substring(0, 8));
		environment.getPropertySources()
			.addLast(new MapPropertySource("pingpongDefaults",
					Map.of("pingpong.agent", agent, "logging.level.root", (ponger || verbose) ? "INFO" : "WARN")));
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE; // after application.yml is read
	}

}
