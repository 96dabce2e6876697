package io.agentflow.messaging.autoconfigure.tracing;

import java.net.URI;

import org.springframework.util.StringUtils;

/**
 * Where spans are sent to, read from the short forms that are usual for OTLP: a host and
 * port alone, or a URL without the path of the signal.
 *
 * @param url URL that Spring Boot's exporter takes
 * @param transport {@code grpc} or {@code http}
 */
record OtlpEndpoint(String url, String transport) {

	/** Port of OTLP over gRPC, by the OpenTelemetry specification. */
	private static final int GRPC_PORT = 4317;

	/** Path of the traces over HTTP, by the OpenTelemetry specification. */
	private static final String TRACES = "/v1/traces";

	static OtlpEndpoint parse(String endpoint) {
		String url = endpoint.contains("://") ? endpoint : "http://" + endpoint;
		URI uri;
		try {
			uri = URI.create(url);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"af.otel.exporter.otlp.endpoint (AF_OTEL_EXPORTER_OTLP_ENDPOINT) is neither a URL nor host:port",
					ex);
		}
		if (uri.getPort() == GRPC_PORT) {
			return new OtlpEndpoint(url, "grpc");
		}
		boolean bare = !StringUtils.hasLength(uri.getPath()) || "/".equals(uri.getPath());
		return new OtlpEndpoint(bare ? StringUtils.trimTrailingCharacter(url, '/') + TRACES : url, "http");
	}

}
