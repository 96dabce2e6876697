package io.agentflow.messaging.test.log;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.agentflow.messaging.test.log.AfLogLint.Violation;

/**
 * Runs {@link AfLogLint} on the command line, for builds that want it apart from their
 * tests.
 */
public final class LogsLintCommand {

	/** No reserved field is set. */
	static final int CLEAN = 0;

	/** One is. */
	static final int VIOLATIONS = 1;

	/** There was nothing to look at. */
	static final int USAGE = 2;

	private final PrintStream out;

	private final PrintStream err;

	LogsLintCommand(PrintStream out, PrintStream err) {
		this.out = out;
		this.err = err;
	}

	/**
	 * Runs the command and ends the process: 0 if no reserved field is set, 1 if one is,
	 * 2 if there was nothing to look at.
	 * @param args directories of class files, or jars
	 */
	public static void main(String[] args) {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		System.exit(new LogsLintCommand(out, System.err).run(args));
	}

	int run(String... args) {
		if (args.length == 0 || args[0].startsWith("--")) {
			this.err.println("usage: logs-lint DIRECTORY|JAR…   (exit code: 0 no reserved log field is set, 1 one is, "
					+ "2 nothing to look at)");
			return USAGE;
		}
		try {
			List<Violation> violations = AfLogLint.of(Stream.of(args).map(Path::of).toArray(Path[]::new)).violations();
			violations.forEach(this.out::println);
			this.out.println(violations.size() + " uses of reserved log fields");
			return violations.isEmpty() ? CLEAN : VIOLATIONS;
		}
		catch (IllegalStateException | InvalidPathException ex) {
			this.err.println("logs-lint: " + ex.getMessage());
			return USAGE;
		}
	}

}
