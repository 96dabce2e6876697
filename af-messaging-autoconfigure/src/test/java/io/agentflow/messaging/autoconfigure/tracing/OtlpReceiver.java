package io.agentflow.messaging.autoconfigure.tracing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * Receives spans as a collector does, by OTLP over HTTP.
 */
final class OtlpReceiver implements AutoCloseable {

	private final HttpServer server;

	private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();

	OtlpReceiver() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/v1/traces", this::receive);
		this.server.start();
	}

	String endpoint() {
		return "127.0.0.1:" + this.server.getAddress().getPort();
	}

	List<ReceivedSpan> spans() {
		return this.spans;
	}

	ReceivedSpan span(String service, String name) {
		return this.spans.stream()
			.filter((span) -> span.service().equals(service) && span.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No span " + name + " of " + service + " among " + this.spans));
	}

	private void receive(HttpExchange exchange) throws IOException {
		try (exchange) {
			ExportTraceServiceRequest request = ExportTraceServiceRequest
				.parseFrom(exchange.getRequestBody().readAllBytes());
			request.getResourceSpansList().forEach(this::keep);
			byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
			exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
			exchange.sendResponseHeaders(200, (answer.length > 0) ? answer.length : -1);
			exchange.getResponseBody().write(answer);
		}
	}

	private void keep(ResourceSpans resource) {
		String service = attributes(resource.getResource().getAttributesList()).get("service.name");
		resource.getScopeSpansList()
			.forEach((scope) -> scope.getSpansList().forEach((span) -> this.spans.add(ReceivedSpan.of(service, span))));
	}

	private static Map<String, String> attributes(List<KeyValue> attributes) {
		return attributes.stream()
			.collect(Collectors.toMap(KeyValue::getKey, (attribute) -> attribute.getValue().getStringValue()));
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * What the collector got.
	 *
	 * @param service the service's name
	 * @param name the span's name
	 * @param kind the span's kind
	 * @param traceId hex digits
	 * @param spanId hex digits
	 * @param parentId hex digits, empty for a root
	 * @param links ids of the spans that it is linked to
	 * @param attributes texts by name
	 */
	record ReceivedSpan(String service, String name, Span.SpanKind kind, String traceId, String spanId, String parentId,
			List<String> links, Map<String, String> attributes) {

		static ReceivedSpan of(String service, Span span) {
			return new ReceivedSpan(service, span.getName(), span.getKind(), hex(span.getTraceId()),
					hex(span.getSpanId()), hex(span.getParentSpanId()),
					span.getLinksList().stream().map((link) -> hex(link.getSpanId())).toList(),
					OtlpReceiver.attributes(span.getAttributesList()));
		}

		private static String hex(ByteString bytes) {
			return HexFormat.of().formatHex(bytes.toByteArray());
		}

	}

}
