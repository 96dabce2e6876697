package io.agentflow.messaging.autoconfigure.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Cost;
import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.publish.PublishReceipt;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus gets to see.
 */
@NatsTest(shared = false)
class PrometheusTextTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** Every metric of the design, with its unit. */
	private static final List<String> METRICS = List.of("messaging_client_operation_duration_seconds histogram",
			"messaging_process_duration_seconds histogram", "messaging_client_sent_messages_total counter",
			"messaging_client_consumed_messages_total counter", "agentflow_message_latency_seconds histogram",
			"agentflow_message_redeliveries_messages_total counter",
			"agentflow_message_dead_letters_messages_total counter",
			"agentflow_message_hash_failures_messages_total counter", "agentflow_message_cost_tokens_total counter",
			"agentflow_message_cost_dollars_total counter", "agentflow_listener_lag_messages gauge",
			"agentflow_listener_ack_pending_messages gauge", "agentflow_listener_in_flight_messages gauge",
			"agentflow_listener_healthy gauge", "agentflow_bus_connected gauge",
			"af_logging_reserved_overrides_fields_total counter");

	private final ApplicationContextRunner unobserved = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AfMessagingAutoConfiguration.class, AfMetricsAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
				PrometheusMetricsExportAutoConfiguration.class))
		.withPropertyValues("spring.application.name=scraped", "af.bus.listener.sample-interval=200ms")
		.withUserConfiguration(Handler.class);

	private final ApplicationContextRunner runner = this.unobserved
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class));

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void hasEachMetricWithUnitAndDescription(boolean tracing, NatsServer server) {
		this.runner.withPropertyValues("af.bus.url=" + server.url(), "af.tracing.enabled=" + tracing).run((context) -> {
			publish(context.getBean(AfPublisher.class), 20);
			String text = awaitHandled(context.getBean(PrometheusMeterRegistry.class), 20);
			assertThat(METRICS).allSatisfy((metric) -> {
				String name = metric.substring(0, metric.indexOf(' '));
				assertThat(text).contains("# TYPE " + metric + "\n")
					.containsPattern("# HELP " + name + " \\S")
					.containsPattern("\n" + name + "(_count)?\\{");
			});
			assertThat(text).containsPattern("cost_tokens_total\\{[^}]*} 100\\.0\n")
				.containsPattern("cost_dollars_total\\{[^}]*} 5\\.0\n")
				.containsPattern("sent_messages_total\\{error=\"none\"[^}]*} 20\\.0\n")
				.containsPattern("latency_seconds_bucket\\{[^}]*le=\"0\\.005\"")
				.containsPattern("latency_seconds_bucket\\{[^}]*le=\"10\\.0\"");
		});
	}

	@Test
	void countsWithoutObservations(NatsServer server) {
		this.unobserved.withPropertyValues("af.bus.url=" + server.url()).run((context) -> {
			assertThat(context).doesNotHaveBean(ObservationRegistry.class);
			publish(context.getBean(AfPublisher.class), 20);
			assertThat(awaitHandled(context.getBean(PrometheusMeterRegistry.class), 20))
				.containsPattern("sent_messages_total\\{error=\"none\"[^}]*} 20\\.0\n")
				.containsPattern("cost_tokens_total\\{[^}]*} 100\\.0\n");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void keepsTagsBoundedOverTenThousandAgentsAndWorkflows(boolean tracing, NatsServer server) {
		this.runner.withPropertyValues("af.bus.url=" + server.url(), "af.tracing.enabled=" + tracing).run((context) -> {
			AfPublisher publisher = context.getBean(AfPublisher.class);
			PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
			publish(publisher, 20);
			long before = series(awaitHandled(registry, 20));
			publish(publisher, 10_000);
			String text = awaitHandled(registry, 10_020);
			assertThat(series(text)).isEqualTo(before);
			assertThat(text).doesNotContain("agents.a7", "w7");
		});
	}

	private static void publish(AfPublisher publisher, int agents) {
		List<CompletableFuture<PublishReceipt>> receipts = IntStream.range(0, agents)
			.mapToObj((i) -> publisher.publishAsync("agents.a" + i + ".in",
					AfMessage.event("a" + i, "b" + i)
						.agentId("a" + i)
						.workflowId("w" + i)
						.cost(Cost.of(5, 0.25))
						.payload(i)
						.build()))
			.toList();
		receipts.forEach(CompletableFuture::join);
	}

	private static String awaitHandled(PrometheusMeterRegistry registry, int messages) {
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(registry::scrape,
					(text) -> text.lines()
						.anyMatch((line) -> line.startsWith("agentflow_message_latency_seconds_count{")
								&& line.endsWith(" " + messages)));
	}

	private static long series(String text) {
		return text.lines()
			.filter((line) -> line.startsWith("messaging_") || line.startsWith("agentflow_"))
			.filter((line) -> !line.contains("_active_seconds"))
			.count();
	}

	static class Handler {

		@AfListener(id = "scraped", subject = "agents.*.in")
		void on(AfMessage<Object> message) {
		}

	}

}
