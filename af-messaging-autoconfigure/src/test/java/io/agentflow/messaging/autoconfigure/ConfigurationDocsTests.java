package io.agentflow.messaging.autoconfigure;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds {@code docs/configuration.md} to the metadata. To write it anew, run this test
 * with {@code -Daf.docs.write=true}.
 */
class ConfigurationDocsTests {

	private static final String HEAD = """
			# Configuration

			Every property, as editors show it. Names in environment variables are upper case with underscores: `af.bus.max-reconnect`
			is `AF_BUS_MAX_RECONNECT`. A stream's property that is not set stays at the default shown. This page is made from the
			metadata of `af-messaging-autoconfigure`, and a test compares the two.

			| property | default | what it is |
			|---|---|---|
			""";

	@Test
	void documentsEveryProperty() throws IOException {
		Path page = Path.of("..", "docs", "configuration.md");
		String expected = render();
		if (Boolean.getBoolean("af.docs.write")) {
			Files.writeString(page, expected);
		}
		assertThat(page).hasContent(expected);
	}

	private static String render() throws IOException {
		URL own = new URL(AfBusProperties.class.getProtectionDomain().getCodeSource().getLocation(),
				"META-INF/spring-configuration-metadata.json");
		Map<String, JsonNode> properties = new TreeMap<>();
		try (var in = own.openStream()) {
			JsonMapper.shared()
				.readTree(in)
				.get("properties")
				.forEach((property) -> properties.put(property.get("name").stringValue(), property));
		}
		StringBuilder page = new StringBuilder(HEAD);
		properties.forEach((name, property) -> page.append("| `")
			.append(name)
			.append("` | ")
			.append(defaultValue(property.get("defaultValue")))
			.append(" | ")
			.append(property.path("description").stringValue("").replace("|", "\\|"))
			.append(" |\n"));
		return page.toString();
	}

	private static String defaultValue(JsonNode value) {
		if (value == null) {
			return "";
		}
		String text = value.isArray()
				? String.join(", ", value.valueStream().map((each) -> each.stringValue("")).toList())
				: value.isString() ? value.stringValue() : value.toString();
		return "`" + text + "`";
	}

}
