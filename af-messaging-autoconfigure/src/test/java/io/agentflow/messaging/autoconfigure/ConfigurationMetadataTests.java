package io.agentflow.messaging.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.UrlResource;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationMetadataTests {

	/** What has no value unless someone gives it one. */
	private static final Set<String> WITHOUT_DEFAULT = Set.of("af.bus.name", "af.bus.user", "af.bus.password",
			"af.bus.token", "af.bus.nkey", "af.bus.credentials", "af.bus.inbox-prefix", "af.bus.ssl.bundle",
			"af.bus.streams.additional", "af.message.max-size", "af.service.name", "af.trace.sample-rate",
			"af.otel.exporter.otlp.endpoint");

	private final TreeMap<String, JsonNode> properties = properties();

	@Test
	void everyPropertyHasADescriptionAndAType() {
		assertThat(this.properties).hasSizeGreaterThan(60);
		this.properties.forEach((name, property) -> {
			assertThat(property.path("description").stringValue("")).as(name)
				.matches("[A-Z].*\\.$")
				.doesNotStartWith("The ")
				.doesNotContain("{@");
			assertThat(property.path("type").stringValue("")).as(name).isNotEmpty();
		});
	}

	@Test
	void everyPropertyHasItsDefault() {
		List<String> without = new ArrayList<>();
		this.properties.forEach((name, property) -> {
			if (!property.has("defaultValue")) {
				without.add(name);
			}
		});
		assertThat(without).containsExactlyInAnyOrderElementsOf(WITHOUT_DEFAULT);
	}

	@Test
	void describesNothingTwice() throws IOException {
		List<String> names = read().valueStream()
			.map((property) -> property.get("name").stringValue())
			.collect(Collectors.toList());
		assertThat(names).doesNotHaveDuplicates();
	}

	private static TreeMap<String, JsonNode> properties() {
		TreeMap<String, JsonNode> properties = new TreeMap<>();
		try {
			read().forEach((property) -> properties.put(property.get("name").stringValue(), property));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return properties;
	}

	private static JsonNode read() throws IOException {
		// Spring Boot's own jars have files of this name too: ask for the one beside our
		// class.
		String own = AfBusProperties.class.getProtectionDomain().getCodeSource().getLocation()
				+ "META-INF/spring-configuration-metadata.json";
		try (InputStream in = new UrlResource(own).getInputStream()) {
			return JsonMapper.shared().readTree(in).get("properties");
		}
	}

}
