package io.agentflow.messaging.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class PropertyWarningsTests {

	@Test
	void namesThePropertyThatIsMeant() {
		assertThat(warnings(new MapPropertySource("file", Map.of("af.bus.max-reconect", "secret")))).singleElement()
			.asString()
			.contains("no property af.bus.max-reconect", "\"file\"", "Is af.bus.max-reconnect meant?")
			.doesNotContain("secret");
	}

	@Test
	void looksAtTheEnvironmentToo() {
		assertThat(warnings(new SystemEnvironmentPropertySource("systemEnvironment",
				Map.of("AF_BUS_RECONECT_WAIT", "3s", "AF_BUS_MAX_RECONNECT", "7", "AF_BUS_STREAMS_ADDITIONAL_0_NAME",
						"ORDERS", "AF_SERVICE_VERSION", "1", "AF_PINGPONG_ROLE", "both"))))
			.singleElement()
			.asString()
			.contains("Is af.bus.reconnect-wait meant?");
	}

	@Test
	void saysNothingOfWhatIsRight() {
		assertThat(warnings(new MapPropertySource("file",
				Map.of("af.bus.url[0]", "nats://a", "af.bus.maxReconnect", "7", "af.bus.streams.dead-letters.replicas",
						"3", "af.message.require-hash", "true", "af.own.property", "1"))))
			.isEmpty();
	}

	@Test
	void namesWhatReplacesADeprecatedProperty() {
		KnownProperties known = KnownProperties.of(JsonMapper.shared().readTree("""
				{"properties": [{"name": "af.bus.old", "type": "java.lang.String",
				 "deprecation": {"replacement": "af.bus.new"}}]}"""));
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("file", Map.of("af.bus.old", "1")));
		ConfigurationPropertySources.attach(environment);
		assertThat(new PropertyWarnings(environment, known).warnings()).singleElement()
			.asString()
			.contains("af.bus.old", "deprecated", "Use af.bus.new.");
	}

	@Test
	void warnsWhenTheApplicationStarts(CapturedOutput output) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AfMessagingAutoConfiguration.class))
			.withPropertyValues("af.bus.startup=background", "af.bus.url=nats://127.0.0.1:1", "af.bus.stratup=fail")
			.run((context) -> assertThat(output.getOut()).contains("Is af.bus.startup meant?"));
	}

	private static Iterable<String> warnings(MapPropertySource source) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().forEach((each) -> environment.getPropertySources().remove(each.getName()));
		environment.getPropertySources().addFirst(source);
		ConfigurationPropertySources.attach(environment);
		return new PropertyWarnings(environment, KnownProperties.load()).warnings();
	}

}
