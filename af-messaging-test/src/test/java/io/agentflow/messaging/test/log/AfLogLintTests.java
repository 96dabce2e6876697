package io.agentflow.messaging.test.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.test.log.AfLogLint.Violation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Sources below {@code src/test/resources/lint} are compiled as a build does, then looked
 * at.
 */
class AfLogLintTests {

	@TempDir
	private Path directory;

	@Test
	void findsEachWayToSetAReservedField() throws IOException {
		List<Violation> violations = AfLogLint.of(compile("bad")).violations();
		assertThat(violations).extracting((violation) -> violation.way() + " " + violation.field())
			.containsExactlyInAnyOrder("MDC workflow_id", "MDC trace_id", "MDC agent_id", "MDC message_id",
					"MDC span_id", "MDC traceId", "MDC af.message_id", "key-value pair level",
					"key-value pair timestamp", "structured argument message", "structured argument logger_name",
					"structured argument service", "structured argument stack_trace", "structured argument thread_name",
					"marker correlation_id", "marker tags", "marker service_version");
	}

	@Test
	void failsABuildWithTheLinesToMend() throws IOException {
		AfLogLint lint = AfLogLint.of(compile("bad"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(lint::check)
			.withMessageContainingAll("bad.ByMdc.literal(ByMdc.java:10) sets workflow_id by MDC",
					"bad.ByMdc.constantOfAnotherClass(ByMdc.java:14) sets trace_id by MDC",
					"bad.ByKeyValue.chain(ByKeyValue.java:13) sets level by key-value pair",
					"(ByArgument.java:19) sets message by structured argument",
					"(ByMarker.java:13) sets correlation_id by marker");
	}

	@Test
	void passesCleanCode() throws IOException {
		AfLogLint lint = AfLogLint.of(compile("clean"));
		assertThatNoException().isThrownBy(lint::check);
	}

	@Test
	void leavesOutWhatItIsToldTo() throws IOException {
		AfLogLint lint = AfLogLint.of(compile("bad")).excluding("bad.ByM", "bad.ByKeyValue");
		assertThat(lint.violations()).extracting(Violation::type).containsOnly("bad.ByArgument");
	}

	@Test
	void readsJars() throws IOException {
		Path classes = compile("bad");
		Path jar = this.directory.resolve("app.jar");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			out.putNextEntry(new JarEntry("BOOT-INF/classes/bad/ByMarker.class"));
			out.write(Files.readAllBytes(classes.resolve("bad/ByMarker.class")));
		}
		assertThat(AfLogLint.of(jar).violations()).hasSize(3);
	}

	@Test
	void doesNotPassWhereItSawNothing() throws IOException {
		Path empty = Files.createDirectory(this.directory.resolve("empty"));
		assertThatIllegalStateException().isThrownBy(AfLogLint.of(empty)::check).withMessageContaining("no class file");
		Files.write(empty.resolve("Broken.class"), new byte[] { 1, 2, 3 });
		assertThatIllegalStateException().isThrownBy(AfLogLint.of(empty)::check).withMessageContaining("Broken.class");
		assertThatIllegalStateException().isThrownBy(AfLogLint.of(this.directory.resolve("missing"))::check)
			.withMessageContaining("missing");
	}

	@Test
	void passesThisLibraryAndReadsAllOfIt() {
		assertThatNoException().isThrownBy(() -> {
			AfLogLint.of(AfLogLint.class).check();
			AfLogLint.of(AfMessage.class).check();
			AfLogLint.of(SpringApplication.class).check();
		});
	}

	@Test
	void tellsABuildByItsExitCode() throws IOException {
		Path bad = compile("bad");
		assertThat(run(bad.toString())).startsWith("1 ").contains("sets tags by marker", "17 uses");
		assertThat(run(compile("clean").toString())).startsWith("0 ").contains("0 uses");
		assertThat(run(this.directory.resolve("missing").toString())).startsWith("2 ");
		assertThat(run()).startsWith("2 ").contains("usage");
	}

	private static String run(String... args) {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
		return new LogsLintCommand(out, out).run(args) + " " + output.toString(StandardCharsets.UTF_8);
	}

	private Path compile(String sources) throws IOException {
		Path target = Files.createDirectories(this.directory.resolve(sources));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
				Stream<Path> found = Files.list(Path.of("src", "test", "resources", "lint", sources))) {
			boolean compiled = compiler
				.getTask(null, files, null, List.of("-d", target.toString(), "-g", "-proc:none"), null,
						files.getJavaFileObjectsFromPaths(found.toList()))
				.call();
			assertThat(compiled).isTrue();
		}
		return target;
	}

}
