package io.agentflow.messaging.test.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Takes the executable out of the image {@code nats}, where there is a Docker engine and
 * no nats-server. The image's executable is static, so it runs on any Linux; and as a
 * process of this machine it can be paused and killed like any other.
 */
final class ImageBinary {

	/** The version that this library is developed against. */
	static final String VERSION = "2.15.2";

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private ImageBinary() {
	}

	/**
	 * Copies the executable. Pulls the image if it is not there.
	 * @param cache the directory that holds a directory for each version
	 * @return the copy, or empty where there is no engine, no image or no Linux
	 */
	static Optional<Path> copyTo(Path cache) {
		if (!System.getProperty("os.name").equals("Linux")) {
			return Optional.empty();
		}
		Optional<String> container = docker("create", "nats:" + VERSION);
		if (container.isEmpty()) {
			return Optional.empty();
		}
		try {
			Path directory = Files.createDirectories(cache.resolve(VERSION));
			Path copy = Files.createTempFile(directory, "nats-server", ".new");
			Path executable = directory.resolve("nats-server");
			if (docker("cp", container.get() + ":/nats-server", copy.toString()).isEmpty()
					|| !copy.toFile().setExecutable(true)) {
				Files.delete(copy);
				return Optional.empty();
			}
			// In one step: another JVM may be doing the same.
			return Optional.of(Files.move(copy, executable, StandardCopyOption.ATOMIC_MOVE));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
		finally {
			docker("rm", container.get());
		}
	}

	/**
	 * Runs the engine's client.
	 * @return the last line that it printed, or empty if it failed
	 */
	private static Optional<String> docker(String... arguments) {
		List<String> command = new ArrayList<>(List.of("docker"));
		command.addAll(List.of(arguments));
		try {
			Path output = Files.createTempFile("docker-", ".out");
			try {
				Process docker = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD)
					.redirectOutput(output.toFile())
					.start();
				if (!docker.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
					docker.destroyForcibly();
					return Optional.empty();
				}
				List<String> lines = Files.readAllLines(output);
				return (docker.exitValue() == 0) ? Optional.of(lines.isEmpty() ? "" : lines.get(lines.size() - 1))
						: Optional.empty();
			}
			finally {
				Files.delete(output);
			}
		}
		catch (IOException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
	}

}
