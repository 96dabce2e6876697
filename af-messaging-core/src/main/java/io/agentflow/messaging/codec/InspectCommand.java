package io.agentflow.messaging.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import io.agentflow.messaging.codec.MessageInspector.Inspection;

/**
 * Inspects a message on the command line: prints it indented, says what its hash is the
 * hash of, and lists what is wrong with it. Holds payloads to the schemas on the class
 * path.
 */
public final class InspectCommand {

	/** The message is valid. */
	static final int VALID = 0;

	/** It is not. */
	static final int INVALID = 1;

	/** There was nothing to inspect. */
	static final int USAGE = 2;

	private final InputStream in;

	private final PrintStream out;

	private final PrintStream err;

	InspectCommand(InputStream in, PrintStream out, PrintStream err) {
		this.in = in;
		this.out = out;
		this.err = err;
	}

	/**
	 * Runs the command and ends the process: 0 for a valid message, 1 for an invalid one,
	 * 2 if there was none to look at.
	 * @param args the file, or {@code -} for standard input
	 */
	public static void main(String[] args) {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		System.exit(new InspectCommand(System.in, out, System.err).run(args));
	}

	int run(String... args) {
		if (args.length != 1 || args[0].isEmpty() || args[0].equals("--help")) {
			this.err.println("usage: inspect FILE|-   (exit code: 0 valid, 1 invalid, 2 nothing to inspect)");
			return USAGE;
		}
		try {
			byte[] bytes = args[0].equals("-") ? this.in.readAllBytes() : Files.readAllBytes(Path.of(args[0]));
			ClassLoader classLoader = InspectCommand.class.getClassLoader();
			Inspection inspection = MessageInspector.create(PayloadSchemas.load(classLoader)).inspect(trimmed(bytes));
			print(inspection);
			return inspection.isValid() ? VALID : INVALID;
		}
		catch (IOException | InvalidPathException | InvalidSchemaException ex) {
			this.err.println("inspect: " + args[0] + ": " + ex);
			return USAGE;
		}
	}

	/**
	 * Leaves out the line end that editors and shells put behind a text, which is no part
	 * of the message.
	 */
	private static byte[] trimmed(byte[] bytes) {
		int end = bytes.length;
		while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
			end--;
		}
		return Arrays.copyOf(bytes, end);
	}

	private void print(Inspection inspection) {
		if (inspection.pretty() != null) {
			this.out.println(inspection.pretty());
			this.out.println();
		}
		this.out.println("hash         " + ((inspection.statedHash() != null) ? inspection.statedHash() : "none"));
		this.out.println("is that of   " + matches(inspection));
		inspection.canonicalHashes()
			.forEach((form, hash) -> this.out.println(String.format("%-12s %s", name(form), hash)));
		this.out.println("message      " + (inspection.isValid() ? "valid" : "INVALID"));
		inspection.violations().forEach((violation) -> this.out.println("  - " + violation));
	}

	private static String matches(Inspection inspection) {
		if (inspection.matches().isEmpty()) {
			return "nothing here";
		}
		return inspection.matches().stream().map(InspectCommand::name).collect(Collectors.joining(", "));
	}

	/**
	 * Names a value as the property {@code af.message.canonical-form} does.
	 */
	private static String name(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
