package io.agentflow.messaging.stream;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.nats.client.impl.Headers;

/**
 * The headers of a message as an unmodifiable map, copied only if somebody looks: few do.
 * Thread-safe as long as nobody changes the headers.
 */
public final class HeaderMap extends AbstractMap<String, List<String>> {

	private final Headers headers;

	private volatile @Nullable Map<String, List<String>> copy;

	private HeaderMap(Headers headers) {
		this.headers = headers;
	}

	/**
	 * Shows headers as a map.
	 * @param headers headers of a message, or {@code null} if it has none
	 * @return names as received, each with its values in order
	 */
	public static Map<String, List<String>> of(@Nullable Headers headers) {
		return (headers != null) ? new HeaderMap(headers) : Map.of();
	}

	@Override
	public Set<Entry<String, List<String>>> entrySet() {
		Map<String, List<String>> map = this.copy;
		if (map == null) {
			Map<String, List<String>> made = new LinkedHashMap<>();
			this.headers.forEach((name, values) -> made.put(name, List.copyOf(values)));
			map = Collections.unmodifiableMap(made);
			this.copy = map;
		}
		return map.entrySet();
	}

}
