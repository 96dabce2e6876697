package io.agentflow.messaging.test.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.annotation.JsonRawValue;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.mock.env.MockEnvironment;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.autoconfigure.logging.AfJsonLogFormatter;
import io.agentflow.messaging.observation.MessageMdc;
import io.agentflow.messaging.test.AfLogAssert;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is in a text, in whichever field: one event, one line, well-formed and capped.
 */
class LogForgeryTests {

	private static final int MEGABYTE = 1 << 20;

	private static final int MAX_LINE = 1_000_000;

	private static final List<String> TEXTS = List.of("a\r\n{\"level\":\"ERROR\",\"message\":\"forged\"}\n",
			"\u2028\u2029\u0085", "\u001b[31mred\u001b[0m\u009b2J\u0007", "\"}\\\"},{", "\u0000\u0001\u007f",
			"\uD800 lone \uDC00", "\u202Etxt.exe\u2066", "\uFEFF{}", "{\"level\":\"ERROR\"}}\n{", "x".repeat(MEGABYTE),
			"\n".repeat(MEGABYTE));

	private static final Logger logger = LoggerFactory.getLogger(LogForgeryTests.class);

	private final Map<String, Place> places = new LinkedHashMap<>();

	LogForgeryTests() {
		this.places.put("message", (text, n) -> logger.atInfo().addKeyValue("n", n).log(text));
		this.places.put("argument", (text, n) -> logger.atInfo().addKeyValue("n", n).log("{} {}", text, text));
		this.places.put("logger", (text, n) -> LoggerFactory.getLogger(text).atInfo().addKeyValue("n", n).log("x"));
		this.places.put("thread", this::onThread);
		this.places.put("MDC value", (text, n) -> withMdc("mine", text, n));
		this.places.put("MDC key", (text, n) -> withMdc(text, "value", n));
		this.places.put("id of a message", this::inMessage);
		this.places.put("pair value", (text, n) -> logger.atInfo().addKeyValue("n", n).addKeyValue("k", text).log("x"));
		this.places.put("pair key", (text, n) -> logger.atInfo().addKeyValue("n", n).addKeyValue(text, text).log("x"));
		this.places.put("pair exception",
				(text, n) -> logger.atInfo().addKeyValue("n", n).addKeyValue("k", new IOException(text)).log("x"));
		this.places.put("nested",
				(text, n) -> logger.atInfo()
					.addKeyValue("n", n)
					.addKeyValue("k", Map.of(text, List.of(text, Map.of("deep", text))))
					.log("x"));
		this.places.put("raw member",
				(text, n) -> logger.atInfo().addKeyValue("n", n).addKeyValue("k", List.of(new Raw(text))).log("x"));
		structured();
	}

	private void structured() {
		this.places.put("structured argument",
				(text, n) -> logger.atInfo().addKeyValue("n", n).log("{}", StructuredArguments.keyValue("k", text)));
		this.places.put("name of a structured argument",
				(text, n) -> logger.atInfo().addKeyValue("n", n).log("x", StructuredArguments.keyValue(text, 1)));
		this.places.put("raw argument",
				(text, n) -> logger.atInfo().addKeyValue("n", n).log("x", StructuredArguments.raw("k", text)));
		this.places.put("marker", (text,
				n) -> logger.atInfo().addKeyValue("n", n).addMarker(MarkerFactory.getDetachedMarker(text)).log("x"));
		this.places.put("marker value",
				(text, n) -> logger.atInfo()
					.addKeyValue("n", n)
					.addMarker(Markers.append("k", text).and(Markers.append(text, text)))
					.log("x"));
		this.places.put("raw marker",
				(text, n) -> logger.atInfo().addKeyValue("n", n).addMarker(Markers.appendRaw("k", text)).log("x"));
		this.places.put("exception",
				(text, n) -> logger.atError()
					.addKeyValue("n", n)
					.setCause(new IllegalStateException(text, new IOException(text)))
					.log("x"));
		this.places.put("class of an exception",
				(text, n) -> logger.atError().addKeyValue("n", n).setCause(exceptionOf(text)).log("x"));
	}

	@Test
	void isOneWellFormedLineOfAnEventWhateverField(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("app.log");
		Map<Integer, String> events = new TreeMap<>();
		try (LoggedApplication application = LoggedApplication.start(App.class, file)) {
			for (Map.Entry<String, Place> place : this.places.entrySet()) {
				for (String text : TEXTS) {
					int number = events.size();
					events.put(number, place.getKey() + " " + TEXTS.indexOf(text));
					place.getValue().log(text, number);
				}
			}
			AfLogAssert log = application.log();
			Map<Integer, List<JsonNode>> lines = log.events()
				.stream()
				.filter((line) -> line.has("n"))
				.collect(Collectors.groupingBy((line) -> line.get("n").intValue()));
			events.forEach((number, what) -> assertThat(lines.get(number)).as(what).hasSize(1));
			// What is left are the lines of the start, and no forged ones.
			assertThat(log.events().stream().filter((line) -> !line.has("n")))
				.allSatisfy((line) -> assertThat(line.get("logger_name").stringValue())
					.matches("org\\.springframework.*|org\\.apache\\.maven.*|.*LogForgeryTests.*"));
		}
		try (var lines = Files.lines(file)) {
			assertThat(lines)
				.allSatisfy((line) -> assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThan(MAX_LINE));
		}
	}

	@Test
	void isOneWellFormedLineWhateverTheServiceIsCalled() {
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		for (String text : TEXTS) {
			AfJsonLogFormatter formatter = new AfJsonLogFormatter(
					new MockEnvironment().withProperty("spring.application.name", text)
						.withProperty("spring.application.version", text));
			String line = formatter
				.format(new LoggingEvent("fqcn", context.getLogger("app.Some"), Level.INFO, "x", null, null));
			assertThat(AfLogAssert.assertThatLog(line).have("service", "service_version").events()).hasSize(1);
			assertThat(line.length()).isLessThan(MAX_LINE);
		}
	}

	@Test
	void dropsFieldsBeyondTheRoomForThemAndSaysHowMany(@TempDir Path directory) {
		try (LoggedApplication application = LoggedApplication.start(App.class, directory.resolve("app.log"))) {
			var event = logger.atInfo();
			for (int i = 0; i < 1000; i++) {
				event = event.addKeyValue("field" + i, "x".repeat(8000));
			}
			event.log("many fields");
			JsonNode line = application.log().withMessage("many fields").events().get(0);
			assertThat(line.get("log_fields_dropped").intValue()).isBetween(990, 994);
			assertThat(line.get("field0").stringValue()).hasSize(8000);
		}
	}

	private void onThread(String text, int number) {
		Thread thread = new Thread(() -> logger.atInfo().addKeyValue("n", number).log("x"), text);
		thread.start();
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void withMdc(String key, String value, int number) {
		try (MDC.MDCCloseable entry = MDC.putCloseable(key, value)) {
			logger.atInfo().addKeyValue("n", number).log("x");
		}
	}

	private void inMessage(String text, int number) {
		AfMessage<?> message = AfMessage.event("a", "b").workflowId(text).agentId(text).correlationId(text).build();
		try (MessageMdc ids = MessageMdc.open(message)) {
			logger.atInfo().addKeyValue("n", number).log("x");
		}
	}

	/**
	 * A class file may name a class by any text without these four, of up to 64 KiB.
	 */
	private static RuntimeException exceptionOf(String text) {
		String name = "forged/" + text.substring(0, Math.min(text.length(), 60_000)).replaceAll("[.;\\[/]", "_");
		String parent = "java/lang/RuntimeException";
		ClassWriter writer = new ClassWriter(0);
		writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, parent, null);
		MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
		constructor.visitCode();
		constructor.visitVarInsn(Opcodes.ALOAD, 0);
		constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "()V", false);
		constructor.visitInsn(Opcodes.RETURN);
		constructor.visitMaxs(1, 1);
		constructor.visitEnd();
		byte[] bytes = writer.toByteArray();
		try {
			return (RuntimeException) new ClassLoader(LogForgeryTests.class.getClassLoader()) {
				Class<?> define() {
					return defineClass(null, bytes, 0, bytes.length);
				}
			}.define().getDeclaredConstructor().newInstance();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Logs one event.
	 */
	@FunctionalInterface
	private interface Place {

		void log(String text, int number);

	}

	record Raw(@JsonRawValue String raw) {
	}

	@SpringBootConfiguration
	static class App {

	}

}
