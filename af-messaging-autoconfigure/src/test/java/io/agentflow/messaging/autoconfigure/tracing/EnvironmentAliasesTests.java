package io.agentflow.messaging.autoconfigure.tracing;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The variables that AgentFlow's services share, as the environment of an application:
 * what a collector gets, what the tracer decides, what the log says.
 */
@ExtendWith(OutputCaptureExtension.class)
class EnvironmentAliasesTests {

	@AfterEach
	void startLoggingAnew() {
		LoggingSystem.get(getClass().getClassLoader()).cleanUp();
		LoggingSystem.get(getClass().getClassLoader()).beforeInitialize();
	}

	@Test
	void nameTheServiceAndTheCollectorAndTheRate(CapturedOutput output) throws Exception {
		try (OtlpReceiver receiver = new OtlpReceiver();
				ConfigurableApplicationContext context = run(Map.of("AF_SERVICE_NAME", "planner",
						"AF_OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint(), "AF_TRACE_SAMPLE_RATE", "1.0"))) {
			span(context);
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(receiver.span("planner", "by hand")).isNotNull());
			LoggerFactory.getLogger("app.Some").info("named");
			assertThat(output.getOut().lines()).filteredOn((line) -> line.contains("\"named\""))
				.singleElement()
				.asString()
				.contains("\"service\":\"planner\"");
		}
	}

	@Test
	void recordNothingAtRateZero() throws Exception {
		try (ConfigurableApplicationContext context = run(Map.of("AF_TRACE_SAMPLE_RATE", "0.0"))) {
			assertThat(span(context).context().sampled()).isFalse();
		}
	}

	@Test
	void recordNothingWhenOffAndKeepTraceIds() throws Exception {
		try (ConfigurableApplicationContext context = run(
				Map.of("AF_TRACING_ENABLED", "false", "AF_TRACE_SAMPLE_RATE", "1.0"))) {
			Span span = span(context);
			assertThat(span.context().sampled()).isFalse();
			assertThat(span.context().traceId()).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
		}
	}

	private static Span span(ConfigurableApplicationContext context) {
		Span span = context.getBean(Tracer.class).nextSpan().name("by hand").start();
		span.end();
		return span;
	}

	private static ConfigurableApplicationContext run(Map<String, Object> variables) {
		Map<String, Object> all = new HashMap<>(System.getenv());
		all.putAll(variables);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, all));
		SpringApplication application = new SpringApplication(App.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		application.setEnvironment(environment);
		return application.run("--spring.docker.compose.enabled=false",
				"--management.opentelemetry.tracing.export.schedule-delay=100ms");
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = AfMessagingAutoConfiguration.class)
	static class App {

	}

}
