package io.agentflow.messaging.autoconfigure.tracing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.agentflow.messaging.autoconfigure.tracing.OtlpReceiver.ReceivedSpan;

/**
 * A real Jaeger: an executable of version 2, or a container where there is an engine.
 */
final class Jaeger implements AutoCloseable {

	static final String MISSING = "No Jaeger: set JAEGER to an executable of version 2, put 'jaeger' on the PATH, "
			+ "or start a container engine that has the image of docker-compose.yml";

	private static final int QUERY = 16686;

	private static final int OTLP = 4318;

	private final HttpClient http = HttpClient.newHttpClient();

	private final String query;

	private final String otlp;

	private final AutoCloseable running;

	private Jaeger(String query, String otlp, AutoCloseable running) {
		this.query = query;
		this.otlp = otlp;
		this.running = running;
	}

	static Optional<Jaeger> start(Path directory) throws Exception {
		Optional<Jaeger> started = startProcess(directory).or(Jaeger::startContainer);
		if (started.isPresent()) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.ignoreExceptions()
				.until(() -> started.get().get("/api/services").has("data"));
		}
		return started;
	}

	private static Optional<Jaeger> startProcess(Path directory) throws IOException {
		int queryPort = freePort();
		int otlpPort = freePort();
		Path configuration = directory.resolve("jaeger.yaml");
		Files.writeString(configuration, """
				service:
				  extensions: [jaeger_storage, jaeger_query]
				  telemetry: {metrics: {level: none}}
				  pipelines:
				    traces: {receivers: [otlp], exporters: [jaeger_storage_exporter]}
				extensions:
				  jaeger_query:
				    storage: {traces: memory}
				    http: {endpoint: "127.0.0.1:%d"}
				    grpc: {endpoint: "127.0.0.1:%d"}
				  jaeger_storage:
				    backends: {memory: {memory: {max_traces: 1000}}}
				receivers:
				  otlp: {protocols: {http: {endpoint: "127.0.0.1:%d"}}}
				exporters:
				  jaeger_storage_exporter: {trace_storage: memory}
				""".formatted(queryPort, freePort(), otlpPort));
		try {
			Process process = new ProcessBuilder(System.getenv().getOrDefault("JAEGER", "jaeger"), "--config",
					configuration.toString())
				.redirectErrorStream(true)
				.redirectOutput(directory.resolve("jaeger.log").toFile())
				.start();
			return Optional.of(new Jaeger("http://127.0.0.1:" + queryPort, "127.0.0.1:" + otlpPort,
					() -> process.destroyForcibly().waitFor()));
		}
		catch (IOException ex) {
			if (System.getenv("JAEGER") != null) {
				throw new IllegalStateException("JAEGER names no executable; correct or unset it", ex);
			}
			return Optional.empty();
		}
	}

	@SuppressWarnings("resource")
	private static Optional<Jaeger> startContainer() {
		if (!DockerClientFactory.instance().isDockerAvailable()) {
			return Optional.empty();
		}
		GenericContainer<?> container = new GenericContainer<>(
				DockerImageName.parse("jaegertracing/jaeger:" + version()))
			.withEnv("JAEGER_LISTEN_HOST", "0.0.0.0")
			.withExposedPorts(QUERY, OTLP);
		try {
			container.start();
		}
		catch (RuntimeException ex) { // no such image, and none to be had
			return Optional.empty();
		}
		String host = container.getHost() + ":";
		return Optional.of(new Jaeger("http://" + host + container.getMappedPort(QUERY),
				host + container.getMappedPort(OTLP), container::stop));
	}

	private static String version() {
		try {
			return Files.readAllLines(Path.of("..", ".env"), StandardCharsets.UTF_8)
				.stream()
				.filter((line) -> line.startsWith("JAEGER_VERSION="))
				.map((line) -> line.substring(line.indexOf('=') + 1))
				.findFirst()
				.orElseThrow();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The file of versions cannot be read", ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	String otlpEndpoint() {
		return this.otlp;
	}

	List<String> services() throws Exception {
		return get("/api/services").get("data").valueStream().map(JsonNode::stringValue).toList();
	}

	JsonNode traces(String service) throws Exception {
		return get("/api/traces?service=" + service).get("data");
	}

	int spansOf(String service) throws Exception {
		JsonNode traces = traces(service);
		return (traces != null && !traces.isEmpty()) ? traces.get(0).get("spans").size() : 0;
	}

	static List<ReceivedSpan> spans(JsonNode trace) {
		List<ReceivedSpan> spans = new ArrayList<>();
		for (JsonNode span : trace.get("spans")) {
			String service = trace.get("processes")
				.get(span.get("processID").stringValue())
				.get("serviceName")
				.stringValue();
			JsonNode references = span.get("references");
			String parent = references.isEmpty() ? "" : references.get(0).get("spanID").stringValue();
			spans.add(new ReceivedSpan(service, span.get("operationName").stringValue(), SpanKind.SPAN_KIND_UNSPECIFIED,
					span.get("traceID").stringValue(), span.get("spanID").stringValue(), parent, List.of(), Map.of()));
		}
		return spans;
	}

	private JsonNode get(String path) throws Exception {
		HttpResponse<String> response = this.http.send(HttpRequest.newBuilder(URI.create(this.query + path)).build(),
				HttpResponse.BodyHandlers.ofString());
		return JsonMapper.shared().readTree(response.body());
	}

	@Override
	public void close() throws Exception {
		this.running.close();
	}

}
