package io.agentflow.messaging.benchmarks.peers;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.agentflow.messaging.sample.harness.ExchangeProcess;

/**
 * A process that is measured on demand.
 */
final class Contestant implements AutoCloseable {

	private final String name;

	private final Process process;

	private final BufferedWriter requests;

	private final BufferedReader answers;

	private Contestant(String name, Process process) {
		this.name = name;
		this.process = process;
		this.requests = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
		this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
	}

	/**
	 * Starts a process and waits until it can be used.
	 * @param errors takes what it writes to standard error
	 */
	static Contestant start(String name, String classPath, Path errors, List<String> mainAndArguments)
			throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath));
		command.addAll(mainAndArguments);
		Contestant contestant = new Contestant(name,
				new ProcessBuilder(command).redirectError(errors.toFile()).start());
		contestant.read(ExchangeProcess.READY);
		return contestant;
	}

	String name() {
		return this.name;
	}

	PeerFigures run(int messages, int concurrency, int payloadBytes) throws IOException {
		this.requests.write(messages + " " + concurrency + " " + payloadBytes + "\n");
		this.requests.flush();
		return PeerFigures.parse(read(ExchangeProcess.RESULT));
	}

	@Override
	public void close() throws IOException {
		this.requests.close();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.process.destroyForcibly();
		}
	}

	private String read(String start) throws IOException {
		for (String line = this.answers.readLine(); line != null; line = this.answers.readLine()) {
			if (line.startsWith(start)) {
				return line;
			}
		}
		throw new IOException(this.name + " ended; its errors are in the report's directory");
	}

}
