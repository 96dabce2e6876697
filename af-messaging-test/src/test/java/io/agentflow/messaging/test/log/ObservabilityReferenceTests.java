package io.agentflow.messaging.test.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.observation.AfObservation.HighKey;
import io.agentflow.messaging.observation.AfObservation.LowKey;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Holds {@code docs/reference-observability.md} to the code, in both directions. The
 * tables of metrics and of log fields are made from it: run this test with
 * {@code -Daf.docs.write=true} to write them anew.
 */
@NatsTest(shared = false)
class ObservabilityReferenceTests {

	private static final Path PAGE = Path.of("..", "docs", "reference-observability.md");

	private static final String METRICS = "metrics";

	private static final String FIELDS = "log fields";

	/**
	 * The library's meters, without those by which a registry in memory shows buckets.
	 */
	private static final Pattern OURS = Pattern.compile("(messaging|agentflow|af)\\.(?!.*\\.histogram$).*");

	@Test
	void namesEachAttributeWithItsKind() throws IOException {
		Map<String, String> documented = new TreeMap<>();
		Matcher rows = Pattern.compile("\\| `([a-z_.]+)` \\| (low|high) \\|.*").matcher(Files.readString(PAGE));
		while (rows.find()) {
			documented.put(rows.group(1), rows.group(2));
		}
		Map<String, String> inCode = new TreeMap<>();
		Stream.of(LowKey.values()).forEach((key) -> inCode.put(key.asString(), "low"));
		Stream.of(HighKey.values()).forEach((key) -> inCode.put(key.asString(), "high"));
		assertThat(documented).isEqualTo(inCode);
	}

	@Test
	void namesEachMetricThatARunningApplicationHas(NatsServer server, @TempDir Path directory) throws IOException {
		try (LoggedApplication application = LoggedApplication.start(App.class, directory.resolve("app.log"),
				"af.bus.url=" + server.url(), "af.observation.always=true")) {
			application.publisher().publish("agents.metered.in", AfMessage.event("a", "b").payload("x").build());
			MeterRegistry meters = application.get(MeterRegistry.class);
			await().until(() -> meters.find("messaging.process.duration").timer() != null);
			assertBlock(METRICS, metrics(meters));
		}
	}

	@Test
	void namesEachFieldOfTheSchemaOfALogLine() throws IOException {
		JsonNode schema;
		try (InputStream resource = getClass().getResourceAsStream("/io/agentflow/messaging/log-line-v1.schema.json")) {
			schema = JsonMapper.shared().readTree(Objects.requireNonNull(resource));
		}
		Set<String> required = schema.get("required")
			.valueStream()
			.map(JsonNode::stringValue)
			.collect(Collectors.toSet());
		StringBuilder table = new StringBuilder("| field | in every line | what it is |\n|---|---|---|\n");
		schema.get("properties")
			.properties()
			.forEach((field) -> table
				.append("| `" + field.getKey() + "` | " + (required.contains(field.getKey()) ? "yes" : "") + " | "
						+ field.getValue().get("description").stringValue() + " |\n"));
		assertBlock(FIELDS, table.toString());
	}

	private static String metrics(MeterRegistry registry) {
		Map<String, Meter.Id> ids = new TreeMap<>();
		Map<String, Set<String>> tags = new TreeMap<>();
		for (Meter meter : registry.getMeters()) {
			Meter.Id id = meter.getId();
			if (OURS.matcher(id.getName()).matches()) {
				ids.put(id.getName(), id);
				tags.computeIfAbsent(id.getName(), (name) -> new TreeSet<>())
					.addAll(id.getTags().stream().map(Tag::getKey).toList());
			}
		}
		StringBuilder table = new StringBuilder(
				"| metric | type | unit | tags | what it is |\n|---|---|---|---|---|\n");
		ids.forEach((name,
				id) -> table.append("| `" + name + "` | " + id.getType().name().toLowerCase(Locale.ROOT) + " | "
						+ Objects.requireNonNullElse(id.getBaseUnit(), "") + " | "
						+ tags.get(name).stream().map((tag) -> "`" + tag + "`").collect(Collectors.joining(", "))
						+ " | " + Objects.requireNonNullElse(id.getDescription(), "") + " |\n"));
		return table.toString();
	}

	private static void assertBlock(String name, String table) throws IOException {
		String page = Files.readString(PAGE);
		String begin = "<!-- " + name + ": made by ObservabilityReferenceTests -->\n";
		int from = page.indexOf(begin) + begin.length();
		int to = page.indexOf("<!-- end -->", from);
		assertThat(from).isGreaterThan(begin.length());
		if (Boolean.getBoolean("af.docs.write")) {
			Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
			page = Files.readString(PAGE);
			to = page.indexOf("<!-- end -->", from);
		}
		assertThat(page.substring(from, to)).isEqualTo(table);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class App {

		@AfListener(id = "metered", subject = "agents.metered.in")
		void take(String payload) {
		}

	}

}
