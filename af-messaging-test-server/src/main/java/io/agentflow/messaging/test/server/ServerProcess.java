package io.agentflow.messaging.test.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * One run of the nats-server executable, from start to end.
 * <p>
 * A second small process waits on a pipe from this JVM. When the JVM is gone without
 * having ended the server (killed, halted), the pipe closes and the waiting process kills
 * the server: no test leaves one behind.
 */
final class ServerProcess {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

	private static final String READY = "Server is ready";

	private final Process process;

	private final Process guard;

	private final ServerLog log;

	private ServerProcess(Process process, Process guard, ServerLog log) {
		this.process = process;
		this.guard = guard;
		this.log = log;
	}

	/**
	 * Starts the server and waits until it answers.
	 * @return the run, or {@code null} if somebody else holds one of its ports
	 * @throws IllegalStateException if it ends or does not answer; with its log
	 */
	static @Nullable ServerProcess start(Path binary, WorkDirectory directory, ServerConfig config, ServerLog log) {
		try {
			Path configFile = directory.writeConfig(config.text());
			log.mark();
			Process process = new ProcessBuilder(command(binary, configFile, config)).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
				.start();
			ServerProcess started = new ServerProcess(process, guard(process.pid(), directory.root()), log);
			return started.awaitReady(config) ? started : null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot start " + binary, ex);
		}
	}

	private static List<String> command(Path binary, Path configFile, ServerConfig config) {
		List<String> command = List.of(binary.toString(), "-c", configFile.toString());
		if (config.diskBytes() == 0 || config.storeDirectory() == null) {
			return command;
		}
		return SmallDisk.wrap(command, config.storeDirectory(), config.diskBytes());
	}

	long pid() {
		return this.process.pid();
	}

	boolean alive() {
		return this.process.isAlive();
	}

	/**
	 * Sends a signal by its name, without the SIG. The shell's own kill is used because
	 * not every machine has the program.
	 */
	void signal(String name) {
		try {
			Process shell = new ProcessBuilder("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", name,
					Long.toString(this.process.pid()))
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (shell.waitFor() != 0) {
				throw new IllegalStateException("Signal " + name + " did not reach nats-server, process "
						+ this.process.pid() + "; is it running?");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/** Asks the server to end and waits for it. */
	void stop() {
		if (alive()) {
			// A stopped process would only see the request once it is continued.
			signal("CONT");
			this.process.destroy();
		}
		if (!awaitEnd(STOP_TIMEOUT)) {
			kill();
			throw new IllegalStateException("nats-server, process " + pid() + ", did not end within "
					+ STOP_TIMEOUT.toSeconds() + " s of SIGTERM and was killed. Its log:\n" + this.log.tail());
		}
		dismissGuard();
	}

	/** Ends the server without a chance to tidy up, as a power cut does to a process. */
	void kill() {
		this.process.destroyForcibly();
		if (!awaitEnd(STOP_TIMEOUT)) {
			throw new IllegalStateException("nats-server, process " + pid() + ", survives SIGKILL");
		}
		dismissGuard();
	}

	private boolean awaitReady(ServerConfig config) {
		BooleanSupplier ready = () -> this.log.sinceMark().contains(READY) && answers(config);
		boolean decided = Polling.until(() -> !alive() || ready.getAsBoolean(), START_TIMEOUT);
		if (decided && alive()) {
			return true;
		}
		kill();
		if (this.log.sinceMark().contains("address already in use")) {
			return false;
		}
		throw failure(decided ? "ended at once with exit code " + this.process.exitValue()
				: "did not answer on port " + config.port() + " within " + START_TIMEOUT.toSeconds() + " s");
	}

	private IllegalStateException failure(String what) {
		return new IllegalStateException("nats-server " + what + ". Its log:\n" + this.log.tail());
	}

	/**
	 * The server speaks first: one line that starts with INFO. With TLS from the first
	 * byte it does not, and an open port has to do.
	 */
	private static boolean answers(ServerConfig config) {
		try (Socket socket = new Socket(LoopbackPorts.LOOPBACK, config.port())) {
			socket.setSoTimeout(5_000);
			if (config.extra().contains("handshake_first")) {
				return true;
			}
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
			String line = reader.readLine();
			return line != null && line.startsWith("INFO ");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private boolean awaitEnd(Duration timeout) {
		try {
			return this.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private static Process guard(long pid, Path files) throws IOException {
		// read fails at the end of the pipe and only then; a line dismisses the guard.
		return new ProcessBuilder("sh", "-c", "trap '' INT TERM HUP; read line || { kill -9 \"$1\"; rm -rf \"$2\"; }",
				"sh", Long.toString(pid), files.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	private void dismissGuard() {
		try (var pipe = this.guard.getOutputStream()) {
			pipe.write('\n');
		}
		catch (IOException ex) {
			// It is gone already, which is what was asked for.
		}
	}

	private static IllegalStateException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new IllegalStateException("Interrupted while waiting for nats-server", ex);
	}

}
