package io.agentflow.messaging.observation;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessage;
import io.micrometer.observation.transport.Propagator;
import io.nats.client.impl.Headers;

/**
 * Carries trace context in NATS headers.
 */
final class NatsHeaders {

	static final Propagator.Setter<Headers> SETTER = (headers, name, value) -> {
		if (headers != null && isSafe(value)) {
			headers.put(name, value);
		}
	};

	private static final String TRACESTATE = "tracestate";

	private NatsHeaders() {
	}

	/**
	 * Reads headers, and gives {@code traceparent} from the message where the headers
	 * have none. A header of several lines is one list, by RFC 9110 and W3C Trace
	 * Context.
	 */
	static Propagator.Getter<Headers> getter(@Nullable AfMessage<?> message) {
		return new Getter(message);
	}

	/**
	 * The client refuses what does not fit a header line by an exception; a baggage entry
	 * that does not fit must not fail the publish.
	 */
	private static boolean isSafe(String value) {
		return value.chars().allMatch((character) -> character >= ' ' && character <= '~');
	}

	private record Getter(@Nullable AfMessage<?> message) implements Propagator.Getter<Headers> {

		@Override
		public @Nullable String get(Headers headers, String name) {
			if (name.equalsIgnoreCase(TraceContext.TRACEPARENT)) {
				TraceContext found = TraceContext.find(headers, this.message);
				return (found != null) ? found.traceparent() : null;
			}
			if (name.equalsIgnoreCase(TRACESTATE) && TraceContext.find(headers, null) == null) {
				return null; // it belongs to a traceparent that is not there or not
								// well-formed
			}
			List<String> values = headers.getIgnoreCase(name);
			return (values != null && !values.isEmpty()) ? String.join(",", values) : null;
		}

		@Override
		public Iterable<String> getAll(Headers headers, String name) {
			if (name.equalsIgnoreCase(TraceContext.TRACEPARENT)) {
				String value = get(headers, name);
				return (value != null) ? List.of(value) : List.of();
			}
			List<String> values = headers.getIgnoreCase(name);
			return (values != null) ? values : List.of();
		}

	}

}
