package io.agentflow.messaging.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nats.client.Connection;
import io.nats.client.Nats;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

@NatsTest
class PingPongApplicationTests {

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	@Test
	void bringsEveryPingBackFromAnotherApplication(NatsServer server) {
		try (ConfigurableApplicationContext ponger = start(server, "role=ponger")) {
			try (ConfigurableApplicationContext pinger = start(server, "role=pinger", "warm-up=1500", "messages=500")) {
				assertThat(pinger.getBeansOfType(Ponger.class)).isEmpty();
				assertThat(ponger.getBeansOfType(Pinger.class)).isEmpty();
				assertThat(text()).contains("500 of 500")
					.contains("1000 of 1000")
					.containsPattern("lost +0\n")
					.containsPattern("hashes verified +1000 of 1000\n")
					// Cold requests are there to the last one, too.
					.contains("cold, first 1000")
					.contains("PASSED");
				assertThat(SpringApplication.exit(pinger)).isZero();
			}
			assertThat(ponger.isActive()).isTrue();
		}
	}

	@Test
	void doesBothInOneApplication(NatsServer server) {
		try (ConfigurableApplicationContext both = start(server, "role=both", "warm-up=0", "messages=200")) {
			assertThat(text()).contains("200 of 200").doesNotContain("cold");
			assertThat(SpringApplication.exit(both)).isZero();
		}
	}

	@Test
	void failsWhenItIsTooSlow(NatsServer server) {
		try (ConfigurableApplicationContext both = start(server, "warm-up=0", "messages=20",
				"p95-threshold-ms=0.001")) {
			assertThat(text()).contains("Trying again", "FAILED: p95 is").doesNotContain("PASSED");
			assertThat(SpringApplication.exit(both)).isEqualTo(1);
		}
	}

	@Test
	void failsWhenNobodyAnswers() {
		try (NatsServer silent = NatsServer.start();
				ConfigurableApplicationContext pinger = start(silent, "role=pinger", "warm-up=0", "messages=20",
						"timeout=300ms")) {
			assertThat(text()).contains("0 of 20", "timeout 20", "FAILED: 20 messages did not come back");
			assertThat(SpringApplication.exit(pinger)).isEqualTo(1);
		}
	}

	@Test
	void leavesNoConsumerOfThePingerBehind(NatsServer server) throws Exception {
		try (Connection connection = Nats.connect(server.url())) {
			try (ConfigurableApplicationContext both = start(server, "role=both", "warm-up=0", "messages=10",
					"agent=tidy")) {
				assertThat(both.isActive()).isTrue();
				assertThat(consumers(connection)).contains("pingpong_tidy");
				assertThat(connection.jetStreamManagement()
					.getConsumerInfo("AF_MESSAGES", "pingpong_tidy")
					.getConsumerConfiguration()
					.getInactiveThreshold()).hasMinutes(10);
			}
			assertThat(consumers(connection)).doesNotContain("pingpong_tidy").contains("pingpong_ponger");
		}
	}

	@Test
	void opensHealthAndMetrics(NatsServer server) throws Exception {
		try (ConfigurableApplicationContext ponger = start(server, "role=ponger")) {
			String base = "http://127.0.0.1:" + ponger.getEnvironment().getProperty("local.server.port") + "/actuator";
			assertThat(get(base + "/health")).contains("\"status\":\"UP\"", "\"af\"");
			assertThat(get(base + "/metrics")).contains("agentflow.listener.lag");
		}
	}

	@Test
	void isReadyAsLongAsTheBrokerIsThere() throws Exception {
		try (NatsServer server = NatsServer.start();
				ConfigurableApplicationContext ponger = start(server, "role=ponger")) {
			String health = "http://127.0.0.1:" + ponger.getEnvironment().getProperty("local.server.port")
					+ "/actuator/health";
			Awaitility.await().untilAsserted(() -> assertThat(get(health + "/readiness")).contains("\"UP\""));
			server.kill();
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(get(health + "/readiness")).contains("\"status\":\"DOWN\""));
			assertThat(get(health + "/liveness")).contains("\"status\":\"UP\"");
			server.restart();
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(get(health + "/readiness")).contains("\"status\":\"UP\"")
					.doesNotContain("DOWN"));
		}
	}

	private ConfigurableApplicationContext start(NatsServer server, String... properties) {
		// How fast it is is not for these tests to say.
		List<String> all = new ArrayList<>(List.of("af.bus.url=" + server.url(), "pingpong.p95-threshold-ms=5000",
				"pingpong.p50-threshold-ms=5000", "pingpong.min-throughput=1"));
		for (String property : properties) {
			all.add("pingpong." + property);
		}
		PrintStream console = new PrintStream(this.output, true, StandardCharsets.UTF_8);
		return new SpringApplicationBuilder(PingPongApplication.class)
			.initializers((context) -> ((GenericApplicationContext) context).registerBean("console", PrintStream.class,
					() -> console))
			.run(arguments(all));
	}

	/**
	 * The last of two values of a property counts.
	 */
	private static String[] arguments(List<String> properties) {
		Map<String, String> values = new LinkedHashMap<>();
		properties.forEach((property) -> values.put(property.replaceFirst("=.*", ""), property));
		return values.values().stream().map((property) -> "--" + property).toArray(String[]::new);
	}

	private String text() {
		return this.output.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
	}

	private static List<String> consumers(Connection connection) throws Exception {
		return connection.jetStreamManagement().getConsumerNames("AF_MESSAGES");
	}

	private static String get(String url) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

}
