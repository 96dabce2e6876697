package io.agentflow.messaging.autoconfigure.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.SmartLifecycle;

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

	private final MeterRegistry registry;

	private final AfListenerRegistry listeners;

	private final Set<String> shown = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	ListenerGauges(MeterRegistry registry, AfListenerRegistry listeners) {
		this.registry = registry;
		this.listeners = listeners;
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
		gauge(LAG, "Messages that the durable consumer has not delivered yet", id, ListenerStatus::pending);
		gauge(ACK_PENDING, "Messages delivered to any instance and not settled", id, ListenerStatus::ackPending);
		gauge(IN_FLIGHT, "Messages fetched by this instance and not settled", id, ListenerStatus::inFlight);
	}

	private void gauge(String name, String description, String id, ToDoubleFunction<ListenerStatus> value) {
		Gauge.builder(name, this.listeners, (registry) -> sampled(value.applyAsDouble(registry.status(id))))
			.description(description)
			.baseUnit("messages")
			.tag("messaging.system", "nats")
			.tag("agentflow.listener.id", id)
			.register(this.registry);
	}

	/** Nothing has been sampled yet where the status says less than nothing. */
	private static double sampled(double value) {
		return (value < 0) ? Double.NaN : value;
	}

}
