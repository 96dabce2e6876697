package io.agentflow.messaging.test.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import com.sun.source.util.JavacTask;

import io.agentflow.messaging.test.docs.MarkdownPage.Block;

/**
 * Compiles the Java of the documentation. A block that is a file, or a type, is compiled
 * as it is; members are put into a class, statements into a method. A page is a package,
 * so that its blocks may use the types that others of them declare.
 */
final class JavaSnippets {

	/** What a block that has no imports of its own may use. */
	private static final String IMPORTS = Stream
		.of("java.time.*", "java.util.*", "java.util.concurrent.*", "java.util.stream.*", "io.agentflow.messaging.*",
				"io.agentflow.messaging.codec.*", "io.agentflow.messaging.connection.*",
				"io.agentflow.messaging.deadletter.*", "io.agentflow.messaging.failure.*",
				"io.agentflow.messaging.listener.*", "io.agentflow.messaging.observation.*",
				"io.agentflow.messaging.publish.*", "io.agentflow.messaging.replay.*",
				"io.agentflow.messaging.stream.*", "io.agentflow.messaging.autoconfigure.*",
				"io.agentflow.messaging.test.*", "io.agentflow.messaging.test.log.*",
				"io.agentflow.messaging.test.server.*", "io.micrometer.context.*", "jakarta.validation.Valid",
				"org.junit.jupiter.api.Test", "org.slf4j.*", "org.springframework.beans.factory.annotation.*",
				"org.springframework.boot.*", "org.springframework.boot.autoconfigure.SpringBootApplication",
				"org.springframework.boot.test.context.*",
				"org.springframework.boot.testcontainers.service.connection.ServiceConnection",
				"org.springframework.context.annotation.*", "org.springframework.core.ParameterizedTypeReference",
				"org.springframework.messaging.handler.annotation.*", "org.springframework.stereotype.*",
				"org.awaitility.Awaitility", "org.testcontainers.containers.GenericContainer",
				"org.testcontainers.containers.wait.strategy.Wait", "reactor.core.publisher.Mono",
				"static org.assertj.core.api.Assertions.*")
		.map((name) -> "import " + name + ";")
		.collect(Collectors.joining());

	/** The beans that statements and members may use by name. */
	private static final String BEANS = """
			package %s; import io.agentflow.messaging.test.docs.*; abstract class Beans { \
			io.agentflow.messaging.publish.AfPublisher publisher; io.agentflow.messaging.replay.AfReplay replay; \
			io.agentflow.messaging.listener.AfListenerRegistry registry; \
			io.agentflow.messaging.deadletter.DeadLetters deadLetters; \
			io.agentflow.messaging.connection.BusConnection connection; \
			io.agentflow.messaging.codec.EnvelopeCodec codec; }""";

	private static final Pattern PACKAGE = Pattern.compile("^\\s*package [\\w.]+;");

	private static final Pattern OWN_IMPORTS = Pattern.compile("^import ", Pattern.MULTILINE);

	private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

	/**
	 * Compiles blocks.
	 * @return each error, with the page and the line that it is in
	 */
	List<String> compile(List<Block> blocks) {
		List<Source> sources = new ArrayList<>();
		for (int i = 0; i < blocks.size(); i++) {
			sources.addAll(sources(blocks.get(i), i));
		}
		blocks.stream()
			.map((block) -> packageOf(block.page()))
			.distinct()
			.forEach((name) -> sources.add(new Source(null, name + "/Beans", BEANS.formatted(name))));
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		// Goes on to the types although one block does not parse, to show all errors at
		// once.
		List<String> options = List.of("-proc:none", "-implicit:none", "-parameters", "-XDshould-stop.ifError=FLOW",
				"-XDshould-stop.ifNoError=FLOW", "-classpath", System.getProperty("java.class.path"));
		this.compiler.getTask(null, null, diagnostics, options, null, sources).call();
		return errors(diagnostics).map(JavaSnippets::describe).toList();
	}

	private List<Source> sources(Block block, int number) {
		String header = "package " + packageOf(block.page()) + ";";
		String name = packageOf(block.page()) + "/Snippet" + number;
		String text = PACKAGE.matcher(block.text()).replaceFirst("");
		String imports = OWN_IMPORTS.matcher(text).find() ? "" : IMPORTS;
		Source file = new Source(block, name, header + imports + text);
		if (parses(file)) {
			return block.hidden().isEmpty() ? List.of(file)
					: List.of(file, new Source(block, name + "Hidden", header + IMPORTS + block.hidden()));
		}
		String type = header + imports + "abstract class Snippet" + number + " extends Beans { " + block.hidden() + " ";
		Source members = new Source(block, name, type + text + "\n}");
		return List.of(parses(members) ? members
				: new Source(block, name, type + "void run() throws Throwable {" + text + "\n}}"));
	}

	private boolean parses(Source source) {
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		try {
			((JavacTask) this.compiler.getTask(null, null, diagnostics, null, null, List.of(source))).parse();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return errors(diagnostics).findAny().isEmpty();
	}

	private static Stream<Diagnostic<? extends JavaFileObject>> errors(
			DiagnosticCollector<JavaFileObject> diagnostics) {
		return diagnostics.getDiagnostics().stream().filter((each) -> each.getKind() == Diagnostic.Kind.ERROR);
	}

	private static String describe(Diagnostic<? extends JavaFileObject> diagnostic) {
		Block block = ((Source) diagnostic.getSource()).block;
		String message = diagnostic.getMessage(Locale.ENGLISH).replaceAll("\\s+", " ");
		return (block == null) ? message
				: block.page().name() + ":" + (block.line() + diagnostic.getLineNumber() - 1) + ": " + message;
	}

	private static String packageOf(MarkdownPage page) {
		Matcher unfit = Pattern.compile("[^A-Za-z0-9]").matcher(page.name());
		return "docs_" + unfit.replaceAll("_");
	}

	/**
	 * A source text in memory.
	 */
	private static final class Source extends SimpleJavaFileObject {

		private final Block block;

		private final String text;

		Source(Block block, String name, String text) {
			super(URI.create("docs:///" + name + ".java"), Kind.SOURCE);
			this.block = block;
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

		@Override
		public boolean isNameCompatible(String simpleName, Kind kind) {
			return true;
		}

		@Override
		public NestingKind getNestingKind() {
			return null;
		}

		@Override
		public Modifier getAccessLevel() {
			return null;
		}

	}

}
