package io.agentflow.messaging.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.nats.client.Connection;
import io.nats.client.Nats;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.publish.PublishRejectedException;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The dashboard and the alert rules ask for what the application tells.
 */
@NatsTest(shared = false)
class DashboardTests {

	private static final Path OBSERVE = Path.of("..", "observe");

	private static final Pattern METRIC = Pattern.compile("\\b(?:agentflow|messaging)_[a-z_]+(?=[\\[{ )])");

	private static final Pattern LABEL = Pattern.compile("(?:by|on) \\(([a-z_, ]+)\\)|[{,]([a-z_]+)(?:=~|!=|=)");

	/** Given by Prometheus to whatever it scrapes. */
	private static final List<String> SCRAPED = List.of("job", "instance");

	@TempDir
	private Path directory;

	@Test
	void asksForMetricsAndLabelsThatThereAre(NatsServer server) throws Exception {
		int port = Prometheus.freePort();
		try (ConfigurableApplicationContext application = start(server, port, 0)) {
			doWrong(application, server);
			String text = Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> scrape(port), (scraped) -> scraped.contains("reason=\"HASH\"")
						&& scraped.contains("error=\"PublishRejectedException\""));
			String asked = String.join("\n", queries().values())
					+ Files.readString(OBSERVE.resolve("prometheus/alerts.yml"));
			TreeSet<String> labels = labels(asked);
			assertThat(METRIC.matcher(asked).results().map(MatchResult::group).filter((name) -> !labels.contains(name)))
				.hasSizeGreaterThan(12)
				.allSatisfy((metric) -> assertThat(text).contains("\n" + metric + "{"));
			assertThat(labels).hasSizeGreaterThan(3)
				.allSatisfy((label) -> assertThat(text).containsPattern("[{,]" + label + "=\""));
		}
	}

	@Test
	void showsDataInEveryPanelAndRaisesTheAlert(NatsServer server) throws Exception {
		int port = Prometheus.freePort();
		Optional<Prometheus> found = Prometheus.start(this.directory, port);
		Assumptions.assumeTrue(found.isPresent(), Prometheus.MISSING);
		try (Prometheus prometheus = found.orElseThrow();
				ConfigurableApplicationContext application = start(server, port, 1000)) {
			doWrong(application, server);
			for (Map.Entry<String, String> query : queries().entrySet()) {
				Awaitility.await(query.getKey())
					.atMost(Duration.ofSeconds(30))
					.untilAsserted(() -> assertThat(prometheus.query(query.getValue())).as(query.getValue())
						.isNotEmpty()
						.anySatisfy((sample) -> assertThat(Double.parseDouble(sample.get("value").get(1).stringValue()))
							.isGreaterThanOrEqualTo(0)));
			}
			JsonNode groups = prometheus.get("rules").get("data").get("groups");
			assertThat(groups.get(0).get("rules")).hasSize(8)
				.allSatisfy((rule) -> assertThat(rule.get("health").stringValue()).isEqualTo("ok"));
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				forge(server);
				assertThat(prometheus.query("ALERTS{alertstate=\"firing\"}"))
					.extracting((alert) -> alert.get("metric").get("alertname").stringValue())
					.contains("AgentFlowHashFailures", "AgentFlowDeadLetters")
					.doesNotContain("AgentFlowBusDisconnected", "AgentFlowListenerUnhealthy");
			});
		}
	}

	@Test
	void alertsAsTheRulesSay() throws Exception {
		Path log = this.directory.resolve("promtool.log");
		Optional<Process> promtool = Prometheus.run(log, "PROMTOOL", "promtool", "test", "rules",
				OBSERVE.resolve("prometheus/alerts.test.yml").toString());
		Assumptions.assumeTrue(promtool.isPresent(), Prometheus.MISSING);
		assertThat(promtool.orElseThrow().waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(promtool.orElseThrow().exitValue()).as(Files.readString(log)).isZero();
	}

	private static ConfigurableApplicationContext start(NatsServer server, int port, int messages) {
		return new SpringApplicationBuilder(PingPongApplication.class).run("--af.bus.url=" + server.url(),
				"--server.port=" + port, "--pingpong.warm-up=0", "--pingpong.messages=" + Math.max(messages, 50),
				"--pingpong.rate=" + ((messages > 0) ? 200 : 0), "--pingpong.p95-threshold-ms=60000",
				"--pingpong.p50-threshold-ms=60000", "--pingpong.min-throughput=1",
				"--af.bus.listener.sample-interval=500ms");
	}

	/**
	 * A ping without payload, one with a wrong hash, and a message that no stream takes.
	 */
	private static void doWrong(ConfigurableApplicationContext application, NatsServer server) throws Exception {
		AfPublisher publisher = application.getBean(AfPublisher.class);
		publisher.publish(Subjects.agentIn(Ponger.AGENT), AfMessage.event("test", Ponger.AGENT).build());
		assertThatExceptionOfType(PublishRejectedException.class)
			.isThrownBy(() -> publisher.publish("elsewhere.x", AfMessage.event("test", "nobody").build()));
		forge(server);
	}

	private static void forge(NatsServer server) throws Exception {
		try (Connection connection = Nats.connect(server.url())) {
			connection.jetStream()
				.publish(Subjects.agentIn(Ponger.AGENT),
						("{\"id\":\"01JDAAAAAAAAAAAAAAAAAAAAAA\",\"from\":\"a\",\"to\":\"b\",\"type\":\"event\","
								+ "\"payload\":1,\"ts\":\"2026-01-01T00:00:00Z\",\"envelope_hash\":\"" + "0".repeat(64)
								+ "\"}")
							.getBytes());
		}
	}

	/**
	 * The expressions of the dashboard by panel, with its variables filled in.
	 */
	private static Map<String, String> queries() throws IOException {
		JsonNode dashboard = JsonMapper.shared()
			.readTree(Files.readString(OBSERVE.resolve("grafana/dashboards/agentflow-messaging.json")));
		Map<String, String> queries = new TreeMap<>();
		for (JsonNode panel : dashboard.get("panels")) {
			for (JsonNode target : panel.path("targets")) {
				queries.put(panel.get("title").stringValue() + " " + target.get("refId").stringValue(),
						target.get("expr")
							.stringValue()
							.replace("$job", ".+")
							.replace("$__rate_interval", "1m")
							.replace("$__range", "5m"));
			}
		}
		assertThat(queries).hasSizeGreaterThan(20);
		return queries;
	}

	private static TreeSet<String> labels(String expressions) {
		TreeSet<String> labels = new TreeSet<>();
		LABEL.matcher(expressions)
			.results()
			.flatMap((found) -> Stream.of(((found.group(1) != null) ? found.group(1) : found.group(2)).split(", ?")))
			.forEach(labels::add);
		labels.removeAll(SCRAPED);
		labels.remove("le");
		labels.remove("severity");
		return labels;
	}

	private static String scrape(int port) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus")).build(),
					HttpResponse.BodyHandlers.ofString())
			.body();
	}

}
