package io.agentflow.messaging.test.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file system of a given size that one process alone sees. Made in name spaces of its
 * own for user and mounts, so that it needs no root and vanishes with the process.
 */
final class SmallDisk {

	private SmallDisk() {
	}

	static boolean works() {
		try {
			Path directory = Files.createTempDirectory("small-disk-");
			try {
				Process process = new ProcessBuilder(wrap(List.of("true"), directory, 4096)).redirectErrorStream(true)
					.redirectOutput(ProcessBuilder.Redirect.DISCARD)
					.start();
				return process.waitFor() == 0;
			}
			finally {
				Files.delete(directory);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * The command that mounts the disk and then becomes the given one: the process id
	 * stays the same, so signals reach it.
	 */
	static List<String> wrap(List<String> command, Path mountPoint, long bytes) {
		try {
			Files.createDirectories(mountPoint);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		String script = "mount -t tmpfs -o size=\"$1\" none \"$2\" && shift 2 && exec \"$@\"";
		Stream<String> prefix = Stream.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh",
				Long.toString(bytes), mountPoint.toString());
		return Stream.concat(prefix, command.stream()).toList();
	}

}
