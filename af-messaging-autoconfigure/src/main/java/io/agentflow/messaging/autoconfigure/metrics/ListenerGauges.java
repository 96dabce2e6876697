package io.agentflow.messaging.autoconfigure.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.listener.ListenerStatus;

/**
 * Shows each listener's lag and pending acknowledgements, as the listener samples them: a
 * scrape asks the broker for nothing. Starts after the listeners, when all are known.
 */
final class ListenerGauges implements SmartLifecycle {

	static final String LAG = "agentflow.listener.lag";

	static final String ACK_PENDING = "agentflow.listener.ack.pending";

	static final String IN_FLIGHT = "agentflow.listener.in.flight";

	static final String HEALTHY = "agentflow.listener.healthy";

	static final String CONNECTED = "agentflow.bus.connected";

	private final MeterRegistry registry;

	private final AfListenerRegistry listeners;

	private final MessageMetrics counters;

	private final Set<String> shown = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	ListenerGauges(MeterRegistry registry, AfListenerRegistry listeners, MessageMetrics counters,
			BusConnection connection) {
		this.registry = registry;
		this.listeners = listeners;
		this.counters = counters;
		Gauge.builder(CONNECTED, connection, (bus) -> bus.status().isConnected() ? 1 : 0)
			.description("1 while the connection to the broker is there, else 0")
			.tag("messaging.system", "nats")
			.register(registry);
	}

	@Override
	public void start() {
		this.running = true;
		this.listeners.ids().stream().filter(this.shown::add).forEach(this::show);
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

	private void show(String id) {
		gauge(LAG, "Messages that the durable consumer has not delivered yet", "messages", id, ListenerStatus::pending);
		gauge(ACK_PENDING, "Messages delivered to any instance and not settled", "messages", id,
				ListenerStatus::ackPending);
		gauge(IN_FLIGHT, "Messages fetched by this instance and not settled", "messages", id, ListenerStatus::inFlight);
		gauge(HEALTHY, "1 while the listener is as it should be, 0 while it cannot receive or settle", null, id,
				(listener) -> listener.isHealthy() ? 1 : 0);
		this.listeners.status(id).subjects().forEach((filter) -> this.counters.expect(id, filter));
	}

	private void gauge(String name, String description, @Nullable String unit, String id,
			ToDoubleFunction<ListenerStatus> value) {
		Gauge.builder(name, this.listeners, (registry) -> sampled(value.applyAsDouble(registry.status(id))))
			.description(description)
			.baseUnit(unit)
			.tag("messaging.system", "nats")
			.tag("agentflow.listener.id", id)
			.register(this.registry);
	}

	/** Nothing has been sampled yet where the status says less than nothing. */
	private static double sampled(double value) {
		return (value < 0) ? Double.NaN : value;
	}

}
