package io.agentflow.messaging.test.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import io.agentflow.messaging.test.log.AfLogChecker.Finding;
import io.agentflow.messaging.test.log.AfLogChecker.Summary;

/**
 * Checks a JSON log on the command line, a file or what comes by standard input, for
 * instance from {@code tail -f}: malformed lines are shown as they come.
 */
public final class LogsCheckCommand {

	/** Every line is an event. */
	static final int VALID = 0;

	/** A line is not, or there was none. */
	static final int MALFORMED = 1;

	/** There was nothing to read. */
	static final int USAGE = 2;

	private final InputStream in;

	private final PrintStream out;

	private final PrintStream err;

	LogsCheckCommand(InputStream in, PrintStream out, PrintStream err) {
		this.in = in;
		this.out = out;
		this.err = err;
	}

	/**
	 * Runs the command and ends the process: 0 if every line is well-formed, 1 if one is
	 * not or there is none, 2 if the log cannot be read.
	 * @param args the file, or {@code -} for standard input
	 */
	public static void main(String[] args) {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		System.exit(new LogsCheckCommand(System.in, out, System.err).run(args));
	}

	int run(String... args) {
		if (args.length != 1 || args[0].isEmpty() || args[0].equals("--help")) {
			this.err
				.println("usage: logs-check FILE|-   (exit code: 0 all lines well-formed, 1 a line is not or there is "
						+ "none, 2 not readable)");
			return USAGE;
		}
		try (InputStream log = args[0].equals("-") ? this.in : Files.newInputStream(Path.of(args[0]))) {
			Summary summary = AfLogChecker.create().check(log, (finding) -> print(args[0], finding));
			this.out.println(tell(summary));
			return summary.isValid() ? VALID : MALFORMED;
		}
		catch (IOException | InvalidPathException ex) {
			this.err.println("logs-check: " + args[0] + ": " + ex);
			return USAGE;
		}
	}

	private void print(String name, Finding finding) {
		finding.reasons().forEach((reason) -> this.out.println(name + ":" + finding.line() + ": " + reason));
		this.out.println("    " + finding.excerpt());
	}

	private static String tell(Summary summary) {
		return (summary.lines() == 0) ? "No line: nothing was logged, or not here"
				: summary.lines() + " lines, " + summary.malformed() + " malformed";
	}

}
