package io.agentflow.messaging.autoconfigure.tracing;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AfTracingEnvironmentPostProcessorTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@ParameterizedTest
	@CsvSource({ "collector:4317, http://collector:4317, grpc", "http://collector:4317, http://collector:4317, grpc",
			"collector:4318, http://collector:4318/v1/traces, http",
			"https://collector/, https://collector/v1/traces, http",
			"http://collector:4318/own/path, http://collector:4318/own/path, http" })
	void readsEveryFormOfEndpoint(String given, String url, String transport) {
		process(Map.of("AF_OTEL_EXPORTER_OTLP_ENDPOINT", given));
		assertThat(get("management.opentelemetry.tracing.export.otlp.endpoint")).isEqualTo(url);
		assertThat(get("management.opentelemetry.tracing.export.otlp.transport")).isEqualTo(transport);
	}

	@Test
	void refusesAnEndpointThatIsNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> OtlpEndpoint.parse("http://a b"))
			.withMessageContaining("AF_OTEL_EXPORTER_OTLP_ENDPOINT");
	}

	@Test
	void setsNameAndRate() {
		process(Map.of("AF_SERVICE_NAME", "planner", "AF_TRACE_SAMPLE_RATE", "0.5"));
		assertThat(get("spring.application.name")).isEqualTo("planner");
		assertThat(get("management.tracing.sampling.probability")).isEqualTo("0.5");
	}

	@Test
	void switchesRecordingOff() {
		process(Map.of("AF_TRACING_ENABLED", "false"));
		assertThat(get("management.opentelemetry.tracing.sampler")).isEqualTo("always-off");
	}

	@Test
	void changesNothingOtherwise() {
		int before = this.environment.getPropertySources().size();
		process(Map.of("AF_TRACING_ENABLED", "true"));
		assertThat(this.environment.getPropertySources()).hasSize(before);
	}

	@Test
	void beatsApplicationFilesAndLosesToBootsOwnNames() {
		this.environment.getPropertySources()
			.addLast(new MapPropertySource("application.yaml",
					Map.of("spring.application.name", "from-file", "management.tracing.sampling.probability", "0.1")));
		this.environment.getPropertySources()
			.addFirst(new MapPropertySource("arguments", Map.of("management.tracing.sampling.probability", "0.9")));
		process(Map.of("AF_SERVICE_NAME", "planner", "AF_TRACE_SAMPLE_RATE", "0.5"));
		assertThat(get("spring.application.name")).isEqualTo("planner");
		assertThat(get("management.tracing.sampling.probability")).isEqualTo("0.9");
	}

	private void process(Map<String, Object> variables) {
		this.environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		new AfTracingEnvironmentPostProcessor().postProcessEnvironment(this.environment, new SpringApplication());
	}

	private String get(String name) {
		return this.environment.getProperty(name);
	}

}
