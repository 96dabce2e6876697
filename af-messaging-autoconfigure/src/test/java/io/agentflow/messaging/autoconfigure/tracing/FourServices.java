package io.agentflow.messaging.autoconfigure.tracing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The services of {@link WorkflowService}, each a process of its own. Their variables are
 * the ones that AgentFlow services share; nothing else is configured.
 */
final class FourServices implements AutoCloseable {

	static final List<String> NAMES = List.of("gateway", "planner", "search", "writer");

	private final List<Process> processes = new ArrayList<>();

	private final Path logs;

	private FourServices(Path logs) {
		this.logs = logs;
	}

	static FourServices start(String natsUrl, String otlpEndpoint, Path logs) throws IOException {
		FourServices services = new FourServices(logs);
		for (String name : NAMES) {
			services.start(name, Map.of("AF_BUS_URL", natsUrl, "AF_SERVICE_NAME", name, "AF_TRACE_SAMPLE_RATE", "1.0",
					"AF_OTEL_EXPORTER_OTLP_ENDPOINT", otlpEndpoint));
		}
		return services;
	}

	private void start(String name, Map<String, String> variables) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				WorkflowService.class.getName(), name);
		builder.environment().putAll(variables);
		File log = log(name).toFile();
		this.processes.add(builder.redirectErrorStream(true).redirectOutput(log).start());
	}

	/**
	 * The events of a service's log that belong to a trace.
	 */
	List<String> linesOf(String name, String traceId) throws IOException {
		return Files.readAllLines(log(name))
			.stream()
			.filter((line) -> line.contains("\"trace_id\":\"" + traceId + "\""))
			.toList();
	}

	String logs() throws IOException {
		StringBuilder all = new StringBuilder();
		for (String name : NAMES) {
			all.append("== ").append(name).append('\n').append(Files.readString(log(name)));
		}
		return all.toString();
	}

	private Path log(String name) {
		return this.logs.resolve(name + ".log");
	}

	@Override
	public void close() throws InterruptedException {
		this.processes.forEach(Process::destroy);
		for (Process process : this.processes) {
			if (!process.waitFor(20, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
	}

}
