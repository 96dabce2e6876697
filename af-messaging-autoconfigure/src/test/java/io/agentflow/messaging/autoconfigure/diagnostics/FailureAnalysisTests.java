package io.agentflow.messaging.autoconfigure.diagnostics;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;
import io.agentflow.messaging.listener.AfListener;
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

	@Test
	void namesTheListenerThatCannotBe(NatsServer server, CapturedOutput output) {
		fail(WrongListener.class, "--af.bus.url=" + server.url());
		assertThat(output.getOut())
			.contains("APPLICATION FAILED TO START", "WrongListener.handle", "concurrency is 'many'")
			.contains("Correct the AfListener method");
	}

	@Test
	void namesTheSchemaThatCannotBeRead(NatsServer server, CapturedOutput output, @TempDir Path directory)
			throws IOException {
		Path schemas = Files.createDirectories(directory.resolve("af/schemas"));
		Files.writeString(schemas.resolve("broken.json"), "{\"type\": 5}");
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader withSchema = new URLClassLoader(new URL[] { directory.toUri().toURL() }, before)) {
			Thread.currentThread().setContextClassLoader(withSchema);
			fail("--af.bus.url=" + server.url());
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START", "broken")
			.contains("Correct the file under af/schemas");
	}

	@Test
	void namesTheFileOfASecretThatCannotBeRead(NatsServer server, CapturedOutput output, @TempDir Path directory) {
		fail("--af.bus.url=" + server.url(), "--af.bus.max-reconnect=0",
				"--af.bus.token=file:" + directory.resolve("absent"));
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START", directory.resolve("absent").toString())
			.contains("af.bus.token");
	}

	@Test
	void namesTheHalfOfUserAndPasswordThatIsMissing(CapturedOutput output) {
		fail("--af.bus.password=secret");
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START", "af.bus.user", "Set both or none")
			.doesNotContain("secret");
	}

	@ParameterizedTest
	@CsvSource({ "--af.bus.url=opentls://127.0.0.1:1, opentls:// trusts every server",
			"--af.bus.connect-timeout=0s, connectTimeout must be 1 ms" })
	void tellsWhatIsWrongWithAValue(String argument, String expected, CapturedOutput output) {
		fail(argument);
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START", expected)
			.contains("Correct the property under af.bus");
	}

	@Test
	void tellsWhatIsWrongWithAListener(NatsServer server, CapturedOutput output) {
		String url = "--af.bus.url=" + server.url();
		fail(Ambiguous.class, url);
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START", "Ambiguous.handle",
				"more than one parameter that could be the payload");
		fail(SameId.class, url);
		assertThat(output.getOut()).contains("two listeners of id 'same'");
		fail(UnknownStream.class, url);
		assertThat(output.getOut()).contains("no stream keeps subject 'orders.new'", "af.bus.streams.additional");
	}

	private static void fail(String... arguments) {
		fail(App.class, arguments);
	}

	private static void fail(Class<?> more, String... arguments) {
		SpringApplication application = new SpringApplication(App.class, more);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run(arguments));
	}

	static class Ambiguous {

		@AfListener("agents.a.in")
		void handle(String one, Integer two) {
		}

	}

	static class SameId {

		@AfListener(subject = "agents.a.in", id = "same")
		void one(String one) {
		}

		@AfListener(subject = "agents.b.in", id = "same")
		void two(String two) {
		}

	}

	static class UnknownStream {

		@AfListener("orders.new")
		void handle(String one) {
		}

	}

	@SpringBootConfiguration
	@ImportAutoConfiguration(AfMessagingAutoConfiguration.class)
	static class App {

	}

	static class WrongListener {

		@AfListener(subject = "agents.a.in", concurrency = "many")
		void handle(String payload) {
		}

	}

}
