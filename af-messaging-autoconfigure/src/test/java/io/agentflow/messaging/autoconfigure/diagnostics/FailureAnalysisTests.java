package io.agentflow.messaging.autoconfigure.diagnostics;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@NatsTest
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTests {

	@AfterEach
	void giveTheLoggingSystemBack() {
		LoggingSystem.get(getClass().getClassLoader()).cleanUp();
		LoggingSystem.get(getClass().getClassLoader()).beforeInitialize();
	}

	@Test
	void logsEachRetryThenTellsWhatToDo(CapturedOutput output) {
		fail("--af.bus.url=nats://me:secret@127.0.0.1:1", "--af.bus.max-reconnect=2", "--af.bus.reconnect-wait=40ms");
		assertThat(output.getOut()).contains("attempt 1 of 3", "attempt 2 of 3", "Trying again in ")
			.contains("APPLICATION FAILED TO START", "Cannot connect to 127.0.0.1:1 after 3 attempts")
			.contains("af.bus.url", "AF_BUS_URL", "af.bus.startup=background", "nats-server -js")
			.doesNotContain("secret");
	}

	@Test
	void namesThePropertyOfAStreamThatCannotBe(NatsServer server, CapturedOutput output) {
		fail("--af.bus.url=" + server.url(), "--af.bus.streams.tools.replicas=3");
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START", "AF_TOOLS")
			.contains("Change the property af.bus.streams.tools.replicas", "af.bus.provisioning");
	}

	@Test
	void namesTheCredentialsThatExcludeEachOther(CapturedOutput output) {
		fail("--af.bus.token=secret", "--af.bus.nkey=secret");
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START", "af.bus.token", "af.bus.nkey")
			.doesNotContain("secret");
	}

	private static void fail(String... arguments) {
		SpringApplication application = new SpringApplication(App.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run(arguments));
	}

	@SpringBootConfiguration
	@ImportAutoConfiguration(AfMessagingAutoConfiguration.class)
	static class App {

	}

}
