package io.agentflow.messaging.autoconfigure.endpoint;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

@NatsTest
class AfInfoContributorTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AfMessagingAutoConfiguration.class, AfEndpointAutoConfiguration.class))
		.withUserConfiguration(Handler.class)
		.withPropertyValues("spring.application.name=info");

	@Test
	void tellsVersionsStreamsAndListenersButNoSecret(NatsServer server) {
		this.runner.withPropertyValues("af.bus.url=" + server.url().replace("//", "//user:secret-word@"))
			.run((context) -> {
				Info.Builder builder = new Info.Builder();
				context.getBean(InfoContributor.class).contribute(builder);
				Map<?, ?> af = builder.build().get("af", Map.class);
				assertThat(af.get("serverVersion")).isEqualTo(server.version());
				assertThat(af.get("streams").toString()).contains("AF_MESSAGES=[workflows.*.*, agents.*.*]",
						"AF_DEAD_LETTERS");
				assertThat(af.get("listeners").toString()).contains("informed=", "agents.info.in", "info_informed",
						"stream=AF_MESSAGES");
				assertThat(af.toString()).doesNotContain("secret-word", "127.0.0.1");
			});
	}

	@Test
	void staysAwayWhenSwitchedOff(NatsServer server) {
		this.runner.withPropertyValues("af.bus.url=" + server.url(), "management.info.af.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(InfoContributor.class));
	}

	static class Handler {

		@AfListener(id = "informed", subject = "agents.info.in")
		void on(AfMessage<Object> message) {
		}

	}

}
