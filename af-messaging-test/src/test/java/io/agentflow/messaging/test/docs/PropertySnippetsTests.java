package io.agentflow.messaging.test.docs;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.ClassUtils;

import io.agentflow.messaging.autoconfigure.AfBusProperties;
import io.agentflow.messaging.autoconfigure.AfMessageProperties;
import io.agentflow.messaging.test.docs.MarkdownPage.Block;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every property that the documentation sets exists and takes its value; every name of a
 * property or an environment variable that it mentions exists.
 */
class PropertySnippetsTests {

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private static final Pattern PROPERTY = Pattern
		.compile("(af|spring|management|logging|server)\\.[a-z][a-z0-9.-]*(\\.\\*)?(=.*)?");

	private static final Pattern VARIABLE = Pattern.compile("\\b(AF|SPRING|MANAGEMENT)_[A-Z0-9_]+");

	private final KnownNames known = new KnownNames();

	@Test
	void everyBlockOfPropertiesIsBound() {
		List<String> errors = new ArrayList<>();
		List<Block> blocks = MarkdownPage.all()
			.stream()
			.flatMap((page) -> page.blocks().stream())
			.filter((block) -> block.language().equals("yaml") || block.language().equals("properties"))
			.toList();
		assertThat(blocks).hasSizeGreaterThan(3);
		blocks.forEach((block) -> check(block).forEach((error) -> errors.add(block.place() + ": " + error)));
		assertThat(errors).isEmpty();
	}

	@Test
	void everyPropertyInATextExists() {
		List<String> unknown = new ArrayList<>();
		for (MarkdownPage page : MarkdownPage.all()) {
			if (page.name().startsWith("docs/adr/")) {
				continue; // decisions name what was not done, too
			}
			List<String> lines = page.prose();
			for (int i = 0; i < lines.size(); i++) {
				Matcher code = CODE.matcher(lines.get(i));
				while (code.find()) {
					Matcher property = PROPERTY.matcher(code.group(1));
					String name = code.group(1).replaceAll("(\\.\\*)?(=.*)?$", "");
					if (property.matches() && !this.known.isPropertyOrGroup(name) && !this.known.isInCode(name)) {
						unknown.add(page.name() + ":" + (i + 1) + ": " + name);
					}
				}
			}
		}
		assertThat(unknown).isEmpty();
	}

	@Test
	void everyVariableExists() {
		List<String> unknown = new ArrayList<>();
		for (MarkdownPage page : MarkdownPage.all()) {
			for (int i = 0; i < page.lines().size(); i++) {
				Matcher variable = VARIABLE.matcher(page.lines().get(i));
				while (variable.find()) {
					if (!this.known.isVariable(variable.group()) && !this.known.isInCode(variable.group())) {
						unknown.add(page.name() + ":" + (i + 1) + ": " + variable.group());
					}
				}
			}
		}
		assertThat(unknown).isEmpty();
	}

	@Test
	void namesWhatIsUnknownOrDoesNotFit() {
		assertThat(check("yaml", "af:\n  bus:\n    max-reconect: 3")).hasSize(1)
			.first()
			.asString()
			.contains("max-reconect");
		assertThat(check("properties", "af.bus.ack-wait=soon")).hasSize(1).first().asString().contains("ack-wait");
		assertThat(check("properties", "af.logging.json.enabled=perhaps")).hasSize(1);
		assertThat(check("yaml", "af.bus.streams.additional:\n  - name: X\n    subject: x.*")).hasSize(1);
		assertThat(check("yaml", "af.bus.streams.additional:\n  - name: X\n    subjects: x.*")).isEmpty();
		assertThat(this.known.isVariable("AF_BUS_MAX_RECONNECT")).isTrue();
		assertThat(this.known.isVariable("AF_BUS_MAX_RECONECT")).isFalse();
	}

	private List<String> check(Block block) {
		return check(block.language(), block.text());
	}

	private List<String> check(String language, String text) {
		Map<String, String> values = language.equals("yaml") ? yaml(text) : properties(text);
		if (values.keySet().stream().anyMatch((key) -> key.startsWith("services."))) {
			return List.of(); // a Compose file: that it parses is all there is to know
								// here
		}
		List<String> errors = new ArrayList<>();
		Binder binder = new Binder(new MapConfigurationPropertySource(values));
		values.forEach((key, value) -> {
			JsonNode property = this.known.property(key);
			if (property == null) {
				errors.add("unknown property " + key);
			}
			else if (property.path("name").stringValue("").equals(key)) {
				bind(binder, key, Bindable.of(type(property)), errors);
			}
		});
		if (errors.isEmpty()) {
			bind(binder, "af.bus", Bindable.of(AfBusProperties.class), errors);
			bind(binder, "af.message", Bindable.of(AfMessageProperties.class), errors);
		}
		return errors;
	}

	private static void bind(Binder binder, String name, Bindable<?> target, List<String> errors) {
		try {
			binder.bind(name, target, new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
		}
		catch (BindException ex) {
			errors.add(ex.getMessage());
		}
	}

	private static Class<?> type(JsonNode property) {
		String name = property.path("type").stringValue("java.lang.String").replaceAll("<.*", "");
		// A type of a module that is not here takes anything.
		return ClassUtils.isPresent(name, null) ? ClassUtils.resolveClassName(name, null) : Object.class;
	}

	private static Map<String, String> yaml(String text) {
		YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
		yaml.setResources(new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)));
		Map<String, String> values = new TreeMap<>();
		yaml.getObject().forEach((key, value) -> values.put(key.toString(), String.valueOf(value)));
		return values;
	}

	private static Map<String, String> properties(String text) {
		try {
			Properties properties = new Properties();
			properties.load(new StringReader(text));
			Map<String, String> values = new TreeMap<>();
			properties.stringPropertyNames().forEach((key) -> values.put(key, properties.getProperty(key)));
			return values;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
