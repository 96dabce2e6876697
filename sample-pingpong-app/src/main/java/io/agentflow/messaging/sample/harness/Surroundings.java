package io.agentflow.messaging.sample.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Where figures come from.
 *
 * @param processor model of the processor
 * @param processors number of processors that the JVM may use
 * @param system operating system
 * @param jvm the JVM
 * @param server version of nats-server
 * @param commit commit of the sources, or {@code unknown}
 */
public record Surroundings(String processor, int processors, String system, String jvm, String server, String commit) {

	private static final String UNKNOWN = "unknown";

	/**
	 * Looks around.
	 * @param server version of nats-server
	 * @return what was found
	 */
	public static Surroundings look(String server) {
		return new Surroundings(processorModel(), Runtime.getRuntime().availableProcessors(),
				System.getProperty("os.name") + " " + System.getProperty("os.version"),
				System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"), server, commitId());
	}

	private static String processorModel() {
		try {
			return Files.readAllLines(Path.of("/proc/cpuinfo"))
				.stream()
				.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).trim())
				.findFirst()
				.orElseGet(() -> System.getProperty("os.arch"));
		}
		catch (IOException ex) {
			return System.getProperty("os.arch");
		}
	}

	private static String commitId() {
		try {
			Process git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD")
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			String id = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
			return (git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0) ? id : UNKNOWN;
		}
		catch (IOException ex) {
			return UNKNOWN;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return UNKNOWN;
		}
	}

}
