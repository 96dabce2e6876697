package io.agentflow.messaging.autoconfigure.tracing;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.StringUtils;

/**
 * Gives Spring Boot's properties the values that services of AgentFlow in other languages
 * take from {@code AF_SERVICE_NAME}, {@code AF_TRACING_ENABLED},
 * {@code AF_TRACE_SAMPLE_RATE} and {@code AF_OTEL_EXPORTER_OTLP_ENDPOINT}. They rank
 * directly below the environment: they beat application.yaml, and lose to Spring Boot's
 * own names given as environment variables, system properties or arguments.
 */
final class AfTracingEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String SOURCE = "afAliases";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Map<String, Object> aliases = aliases(environment);
		if (aliases.isEmpty()) {
			return;
		}
		MutablePropertySources sources = environment.getPropertySources();
		MapPropertySource source = new MapPropertySource(SOURCE, aliases);
		if (sources.contains(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
			sources.addAfter(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, source);
		}
		else {
			sources.addLast(source);
		}
	}

	@Override
	public int getOrder() {
		// After ConfigDataEnvironmentPostProcessor, so that application.yaml is asked
		// too.
		return Ordered.LOWEST_PRECEDENCE - 1;
	}

	private static Map<String, Object> aliases(ConfigurableEnvironment environment) {
		Map<String, Object> aliases = new LinkedHashMap<>();
		String service = environment.getProperty("af.service.name");
		if (StringUtils.hasText(service)) {
			aliases.put("spring.application.name", service);
		}
		String rate = environment.getProperty("af.trace.sample-rate");
		if (StringUtils.hasText(rate)) {
			aliases.put("management.tracing.sampling.probability", rate);
		}
		if (!environment.getProperty("af.tracing.enabled", Boolean.class, true)) {
			// Not management.tracing.export.enabled: that ends propagation too, and with
			// it the one trace id of all services.
			aliases.put("management.opentelemetry.tracing.sampler", "always-off");
		}
		String endpoint = environment.getProperty("af.otel.exporter.otlp.endpoint");
		if (StringUtils.hasText(endpoint)) {
			OtlpEndpoint otlp = OtlpEndpoint.parse(endpoint.trim());
			aliases.put("management.opentelemetry.tracing.export.otlp.endpoint", otlp.url());
			aliases.put("management.opentelemetry.tracing.export.otlp.transport", otlp.transport());
		}
		return aliases;
	}

}
