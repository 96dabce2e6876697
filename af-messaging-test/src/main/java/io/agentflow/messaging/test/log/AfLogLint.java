package io.agentflow.messaging.test.log;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Finds code that sets log fields which only the library sets: by the MDC, by SLF4J's
 * key-value pairs, by structured arguments or by markers of logstash-logback-encoder.
 * Looks at class files, where the compiler has put constants of other classes in their
 * places; it sees names that are constants, and keys of {@code Map.of}, and no others.
 * One line of a test fails the build:
 *
 * <pre>
 * AfLogLint.of(MyApplication.class).check();
 * </pre>
 */
public final class AfLogLint {

	/** Where a tracer keeps the ids that the log takes from it. */
	private static final Set<String> OF_THE_TRACER = Set.of("traceId", "spanId");

	/** Stands before the names of the MDC entries by which the log knows the ids. */
	private static final String OF_THE_LIBRARY = "af.";

	private final List<Path> roots;

	private final List<String> excluded;

	private final Set<String> reserved = LogLineSchema.load().reservedNames();

	private AfLogLint(List<Path> roots, List<String> excluded) {
		this.roots = roots;
		this.excluded = excluded;
	}

	/**
	 * Looks at all classes of an application's directory or jar.
	 * @param application one of the classes
	 * @return the lint
	 */
	public static AfLogLint of(Class<?> application) {
		CodeSource source = application.getProtectionDomain().getCodeSource();
		if (source == null) {
			throw new IllegalArgumentException(application + " comes from no directory or jar");
		}
		try {
			return of(Path.of(source.getLocation().toURI()));
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException(application + " comes from no directory or jar", ex);
		}
	}

	/**
	 * Looks at all classes of directories and jars.
	 * @param roots directories of class files, or jars
	 * @return the lint
	 */
	public static AfLogLint of(Path... roots) {
		return new AfLogLint(List.of(roots), List.of());
	}

	/**
	 * Leaves classes out, for instance those that set such a name on purpose.
	 * @param prefixes what their full names begin with
	 * @return another lint
	 */
	public AfLogLint excluding(String... prefixes) {
		List<String> all = new ArrayList<>(this.excluded);
		all.addAll(List.of(prefixes));
		return new AfLogLint(this.roots, all);
	}

	/**
	 * Fails if there is such code, or no code at all.
	 */
	public void check() {
		List<Violation> violations = violations();
		if (!violations.isEmpty()) {
			throw new AssertionError("Log fields are set under names that are reserved; give them names of their own:"
					+ violations.stream().map((violation) -> "\n  " + violation).collect(Collectors.joining()));
		}
	}

	/**
	 * Lists such code.
	 * @return each place, in the order of the files; none if all is well
	 * @throws IllegalStateException if there is no class file, or one that cannot be read
	 */
	public List<Violation> violations() {
		Set<Violation> violations = new LinkedHashSet<>();
		List<String> seen = new ArrayList<>();
		for (Path root : this.roots) {
			try {
				ClassFiles.visit(root, (path, bytes) -> {
					seen.add(path);
					inspect(path, bytes, violations);
				});
			}
			catch (IOException ex) {
				throw new IllegalStateException("The classes of " + root + " cannot be read", ex);
			}
		}
		if (seen.isEmpty()) {
			throw new IllegalStateException("There is no class file in " + this.roots + ": nothing was looked at");
		}
		return List.copyOf(violations);
	}

	private void inspect(String path, byte[] bytes, Set<Violation> violations) {
		ClassNode type = new ClassNode();
		try {
			new ClassReader(bytes).accept(type, ClassReader.SKIP_FRAMES);
			String name = type.name.replace('/', '.');
			if (this.excluded.stream().anyMatch(name::startsWith)) {
				return;
			}
			for (MethodNode method : type.methods) {
				new Analyzer<>(new ConstantNames((call, names) -> inspect(type, method, call, names, violations)))
					.analyze(type.name, method);
			}
		}
		catch (AnalyzerException | RuntimeException ex) {
			throw new IllegalStateException(path + " cannot be read; is it of a newer Java than this lint knows?", ex);
		}
	}

	private void inspect(ClassNode type, MethodNode method, MethodInsnNode call, Set<String> names,
			Set<Violation> violations) {
		for (LogCall way : LogCall.values()) {
			if (way.is(call)) {
				names.stream()
					.filter((name) -> isReserved(way, name))
					.forEach((name) -> violations.add(new Violation(type.name.replace('/', '.'), method.name,
							String.valueOf(type.sourceFile), lineOf(call), way.way(), name)));
			}
		}
	}

	private boolean isReserved(LogCall way, String name) {
		return this.reserved.contains(name)
				|| (way == LogCall.MDC && (OF_THE_TRACER.contains(name) || (name.startsWith(OF_THE_LIBRARY)
						&& this.reserved.contains(name.substring(OF_THE_LIBRARY.length())))));
	}

	private static int lineOf(MethodInsnNode call) {
		for (AbstractInsnNode node = call; node != null; node = node.getPrevious()) {
			if (node instanceof LineNumberNode line) {
				return line.line;
			}
		}
		return 0;
	}

	/**
	 * Code that sets a reserved field.
	 *
	 * @param type full name of the class
	 * @param method name of the method
	 * @param file name of the source file
	 * @param line number of the line there, 0 if the class was compiled without
	 * @param way how it does so: MDC, key-value pair, structured argument or marker
	 * @param field the reserved name
	 */
	public record Violation(String type, String method, String file, int line, String way, String field) {

		@Override
		public String toString() {
			return this.type + "." + this.method + "(" + this.file + ":" + this.line + ") sets " + this.field + " by "
					+ this.way;
		}

	}

}
