package io.agentflow.messaging.autoconfigure.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.micrometer.core.instrument.Meter;

/**
 * Meters of one name, by what tells them apart. Asking a registry sorts tags and makes an
 * id each time, which is more than all the rest of counting one message. Thread-safe; as
 * bounded as the tags are.
 *
 * @param <K> what tells the meters apart
 * @param <M> type of the meters
 */
final class CachedMeters<K, M extends Meter> {

	private final Map<K, M> meters = new ConcurrentHashMap<>();

	private final Function<K, M> registration;

	CachedMeters(Function<K, M> registration) {
		this.registration = registration;
	}

	M get(K key) {
		M known = this.meters.get(key);
		return (known != null) ? known : this.meters.computeIfAbsent(key, this.registration);
	}

}
