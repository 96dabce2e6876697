package io.agentflow.messaging.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Prometheus that scrapes one application and has the alert rules.
 */
final class Prometheus implements AutoCloseable {

	static final String MISSING = "No Prometheus: put 'prometheus' and 'promtool' on the PATH, or set PROMETHEUS and "
			+ "PROMTOOL to the executables";

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final Process process;

	private final String api;

	private Prometheus(Process process, String api) {
		this.process = process;
		this.api = api;
	}

	static Optional<Prometheus> start(Path directory, int targetPort) throws IOException {
		int port = freePort();
		Path configuration = directory.resolve("prometheus.yml");
		Files.writeString(configuration, """
				global: {scrape_interval: 500ms, evaluation_interval: 500ms}
				rule_files: ["%s"]
				scrape_configs:
				  - job_name: pingpong
				    metrics_path: /actuator/prometheus
				    static_configs: [{targets: ["127.0.0.1:%d"]}]
				""".formatted(Path.of("../observe/prometheus/alerts.yml").toRealPath(), targetPort));
		Optional<Process> process = run(directory.resolve("prometheus.log"), "PROMETHEUS", "prometheus",
				"--config.file=" + configuration, "--storage.tsdb.path=" + directory.resolve("data"),
				"--web.listen-address=127.0.0.1:" + port);
		return process.map((running) -> {
			Prometheus prometheus = new Prometheus(running, "http://127.0.0.1:" + port + "/api/v1/");
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.ignoreExceptions()
				.until(() -> prometheus.get("query?query=1").has("data"));
			return prometheus;
		});
	}

	/**
	 * Runs an executable that a variable names, or else one on the path.
	 * @return the process, or empty if there is no such executable
	 */
	static Optional<Process> run(Path log, String variable, String name, String... arguments) {
		String[] command = new String[arguments.length + 1];
		command[0] = System.getenv().getOrDefault(variable, name);
		System.arraycopy(arguments, 0, command, 1, arguments.length);
		try {
			return Optional
				.of(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
		}
		catch (IOException ex) {
			if (System.getenv(variable) != null) {
				throw new IllegalStateException(variable + " names no executable; correct or unset it", ex);
			}
			return Optional.empty();
		}
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/**
	 * Evaluates an expression now.
	 * @return the vector's samples
	 */
	JsonNode query(String expression) throws IOException, InterruptedException {
		JsonNode answer = get("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
		if (!answer.get("status").stringValue().equals("success")) {
			throw new AssertionError(expression + ": " + answer);
		}
		return answer.get("data").get("result");
	}

	JsonNode get(String path) throws IOException, InterruptedException {
		return JsonMapper.shared()
			.readTree(HTTP
				.send(HttpRequest.newBuilder(URI.create(this.api + path)).build(), HttpResponse.BodyHandlers.ofString())
				.body());
	}

	@Override
	public void close() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

}
