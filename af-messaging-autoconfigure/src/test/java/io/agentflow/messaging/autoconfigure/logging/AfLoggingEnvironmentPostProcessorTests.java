package io.agentflow.messaging.autoconfigure.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.asm.ClassWriter;
import org.springframework.asm.Opcodes;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class AfLoggingEnvironmentPostProcessorTests {

	/**
	 * Forgets what earlier applications in this JVM have set: Spring Boot hands it to the
	 * logging system by system properties and leaves them there.
	 */
	@BeforeEach
	@AfterEach
	void startLoggingAnew() {
		for (LoggingSystemProperty property : LoggingSystemProperty.values()) {
			System.clearProperty(property.getEnvironmentVariableName());
		}
		LoggingSystem.get(getClass().getClassLoader()).cleanUp();
		LoggingSystem.get(getClass().getClassLoader()).beforeInitialize();
	}

	@Test
	void writesJsonFromTheFirstLine(CapturedOutput output) {
		run("--spring.application.name=first");
		List<String> lines = output.getOut().lines().toList();
		assertThat(lines).hasSizeGreaterThan(1);
		for (String line : lines) {
			JsonNode tree = JsonMapper.shared().readTree(line);
			assertThat(tree.propertyNames()).startsWith("timestamp", "level", "message");
			assertThat(tree.get("service").stringValue()).isEqualTo("first");
		}
		assertThat(lines.get(0)).contains("Starting");
	}

	@Test
	void writesTextWhenSwitchedOff(CapturedOutput output) {
		run("--af.logging.json.enabled=false");
		assertThat(output.getOut()).isNotEmpty().doesNotContain("\"timestamp\"");
	}

	@Test
	void leavesTheChoiceToTheApplication(CapturedOutput output) {
		run("--logging.structured.format.console=ecs");
		assertThat(output.getOut()).contains("\"@timestamp\"").doesNotContain("\"timestamp\"");
	}

	@Test
	void writesTheLogFileAsJsonToo(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("app.log");
		run("--logging.file.name=" + file);
		LoggingSystem.get(getClass().getClassLoader()).cleanUp();
		assertThat(Files.readAllLines(file)).isNotEmpty()
			.allSatisfy((line) -> assertThat(JsonMapper.shared().readTree(line).has("level")).isTrue());
	}

	@Test
	void governsWhatHandlersPutIntoTheMdc(CapturedOutput output) {
		try (ConfigurableApplicationContext context = context("--spring.application.name=mdc");
				MDC.MDCCloseable closeable = MDC.putCloseable("workflow_id", "mine")) {
			LoggerFactory.getLogger("app.Handler").info("working");
			JsonNode line = output.getOut()
				.lines()
				.map(JsonMapper.shared()::readTree)
				.filter((tree) -> tree.get("message").stringValue().equals("working"))
				.findFirst()
				.orElseThrow();
			assertThat(line.get("app_workflow_id").stringValue()).isEqualTo("mine");
			assertThat(line.has("workflow_id")).isFalse();
			assertThat(output.getOut()).contains("The log field workflow_id is reserved");
		}
	}

	@Test
	void leavesTheFormatOfTheFileToTheApplicationToo(@TempDir Path directory, CapturedOutput output)
			throws IOException {
		Path file = directory.resolve("app.log");
		run("--logging.file.name=" + file, "--logging.structured.format.file=ecs");
		LoggingSystem.get(getClass().getClassLoader()).cleanUp();
		assertThat(Files.readString(file)).contains("\"@timestamp\"").doesNotContain("\"timestamp\"");
		assertThat(output.getOut()).contains("\"timestamp\"").doesNotContain("\"@timestamp\"");
	}

	@Test
	void writesSpringBootsTextWhereTheFormatIsEmpty(CapturedOutput output) {
		run("--logging.structured.format.console=");
		assertThat(output.getOut()).contains("Starting").doesNotContain("\"timestamp\"");
	}

	@Test
	void leavesAnOwnLogbackConfigurationAlone(@TempDir Path directory, CapturedOutput output) throws IOException {
		Path own = Files.writeString(directory.resolve("logback-spring.xml"), """
				<configuration>
				  <appender name="OWN" class="ch.qos.logback.core.ConsoleAppender">
				    <encoder><pattern>OWN %level %msg%n</pattern></encoder>
				  </appender>
				  <root level="INFO"><appender-ref ref="OWN"/></root>
				</configuration>
				""");
		run("--logging.config=" + own);
		assertThat(output.getOut()).contains("OWN INFO Starting").doesNotContain("\"timestamp\"");
	}

	@Test
	void writesJsonIntoAnOwnConfigurationThatAsksForIt(@TempDir Path directory, CapturedOutput output)
			throws IOException {
		Path own = Files.writeString(directory.resolve("logback-spring.xml"), """
				<configuration>
				  <include resource="org/springframework/boot/logging/logback/defaults.xml"/>
				  <include resource="org/springframework/boot/logging/logback/structured-console-appender.xml"/>
				  <root level="INFO"><appender-ref ref="CONSOLE"/></root>
				</configuration>
				""");
		run("--logging.config=" + own);
		assertThat(output.getOut().lines()).isNotEmpty()
			.allSatisfy((line) -> assertThat(JsonMapper.shared().readTree(line).propertyNames()).startsWith("timestamp",
					"level", "message"));
	}

	@Test
	void writesTextUnderDevtoolsUnlessAsked(CapturedOutput output) {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(new DevtoolsClassLoader(before));
		try {
			run();
			assertThat(output.getOut()).contains("Starting").doesNotContain("\"timestamp\"");
			startLoggingAnew();
			run("--af.logging.json.enabled=true");
			assertThat(output.getOut()).contains("\"timestamp\"");
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static void run(String... arguments) {
		context(arguments).close();
	}

	private static ConfigurableApplicationContext context(String... arguments) {
		SpringApplication application = new SpringApplication(
				new DefaultResourceLoader(Thread.currentThread().getContextClassLoader()), App.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		return application.run(arguments);
	}

	@SpringBootConfiguration
	static class App {

	}

	/**
	 * Has a class by which devtools are known, and no devtools.
	 */
	private static final class DevtoolsClassLoader extends ClassLoader {

		private static final String RESTARTER = "org.springframework.boot.devtools.restart.Restarter";

		private DevtoolsClassLoader(ClassLoader parent) {
			super(parent);
		}

		@Override
		protected Class<?> findClass(String name) throws ClassNotFoundException {
			if (!name.equals(RESTARTER)) {
				throw new ClassNotFoundException(name);
			}
			ClassWriter writer = new ClassWriter(0);
			writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name.replace('.', '/'), null, "java/lang/Object", null);
			byte[] bytes = writer.toByteArray();
			return defineClass(name, bytes, 0, bytes.length);
		}

	}

}
