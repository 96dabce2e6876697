package io.agentflow.messaging.autoconfigure.endpoint;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class AfSanitizingFunctionTests {

	private final AfSanitizingFunction function = new AfSanitizingFunction();

	@ParameterizedTest
	@ValueSource(strings = { "af.bus.password", "AF_BUS_PASSWORD", "af.bus.token", "AF_BUS_TOKEN", "af.bus.nkey",
			"af.bus.credentials", "AF_BUS_CREDENTIALS" })
	void hidesSecrets(String key) {
		assertThat(apply(key, "secret")).isEqualTo("******");
	}

	@Test
	void hidesUserInformationInUrls() {
		assertThat(apply("af.bus.url", "nats://me:pass@a:4222,nats://b:4222"))
			.isEqualTo("nats://******@a:4222,nats://b:4222");
		assertThat(apply("AF_BUS_URL", "nats://token@a:4222")).isEqualTo("nats://******@a:4222");
		assertThat(apply("af.bus.url[0]", "tls://me:pass@a:4222")).isEqualTo("tls://******@a:4222");
	}

	@Test
	void leavesTheRestAlone() {
		assertThat(apply("af.bus.user", "me")).isEqualTo("me");
		assertThat(apply("other.url", "http://me:pass@a")).isEqualTo("http://me:pass@a");
		assertThat(apply("af.bus.url", null)).isNull();
	}

	private Object apply(String key, Object value) {
		return this.function.apply(new SanitizableData(new MapPropertySource("test", Map.of()), key, value)).getValue();
	}

}
