package io.agentflow.messaging.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.agentflow.messaging.AfMessage;
import tools.jackson.databind.JsonNode;

/**
 * An instance of an application in a process of its own, which a test can kill. It writes
 * a line for each message that it has handled, after the handler's work and before the
 * acknowledgement.
 */
final class ConsumerProcess {

	private final Process process;

	private final Path log;

	private ConsumerProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	static ConsumerProcess start(String url, Path directory, String name) throws IOException {
		Path log = directory.resolve(name + ".log");
		Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				ConsumerProcess.class.getName(), url, directory.resolve(name + ".handled").toString()))
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
		return new ConsumerProcess(process, log);
	}

	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	/**
	 * Asks it to stop, as an orchestrator does.
	 * @return how long it took
	 */
	Duration terminate() throws InterruptedException {
		long start = System.nanoTime();
		this.process.destroy();
		if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
			kill();
		}
		return Duration.ofNanos(System.nanoTime() - start);
	}

	String log() throws IOException {
		return Files.readString(this.log);
	}

	/**
	 * The child: handles for ever. Every tenth message fails always, and one in a while
	 * takes longer.
	 */
	public static void main(String[] args) throws InterruptedException {
		Path handled = Path.of(args[1]);
		BusFixture app = BusFixture.connect(args[0], BusFixture.settings().withAckWait(Duration.ofSeconds(2)));
		app.listen(ListenerSpec.builder("k", "agents.k.in").concurrency(2).handler((message, delivery) -> {
			work(message, handled);
			return null;
		}));
		Runtime.getRuntime().addShutdownHook(new Thread(app::close));
		Thread.currentThread().join();
	}

	private static void work(AfMessage<JsonNode> message, Path handled) throws InterruptedException {
		int number = BusFixture.numberOf(message);
		if (number % 10 == 9) {
			throw new IllegalStateException("always");
		}
		TimeUnit.MILLISECONDS.sleep((number % 50 == 0) ? 50 : 1);
		try {
			Files.writeString(handled, number + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
