package io.agentflow.messaging.listener;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.agentflow.messaging.listener.ListenerStatus.State;

/**
 * The registry. One lock guards the map and the running flag; containers are started and
 * stopped outside of it where that may take long.
 */
final class DefaultAfListenerRegistry implements AfListenerRegistry {

	private static final int PHASE = Integer.MAX_VALUE - 100;

	private final ListenerRuntime runtime;

	private final List<ListenerCustomizer> customizers;

	private final Map<String, ListenerContainer> containers = new LinkedHashMap<>();

	private volatile boolean running;

	private volatile boolean closed;

	DefaultAfListenerRegistry(ListenerRuntime runtime, List<ListenerCustomizer> customizers) {
		this.runtime = runtime;
		this.customizers = customizers;
	}

	@Override
	public void register(ListenerSpec written) {
		ListenerSpec spec = written;
		for (ListenerCustomizer customizer : this.customizers) {
			spec = customizer.customize(spec);
		}
		ResolvedListener listener = ResolvedListener.of(spec, this.runtime.settings(), this.runtime.topology());
		ListenerContainer container = new ListenerContainer(listener, this.runtime);
		synchronized (this.containers) {
			requireFree(listener);
			this.containers.put(spec.id(), container);
		}
		if (this.running && spec.autoStartup()) {
			container.start();
		}
	}

	private void requireFree(ResolvedListener listener) {
		if (this.containers.containsKey(listener.id())) {
			throw new ListenerDefinitionException("There are two listeners of id '" + listener.id()
					+ "'. Give one of them another id; it is part of its durable consumer's name");
		}
		for (ListenerContainer other : this.containers.values()) {
			if (other.listener().stream().equals(listener.stream())
					&& other.listener().durable().equals(listener.durable())) {
				throw new ListenerDefinitionException("Listeners '" + other.listener().id() + "' and '" + listener.id()
						+ "' have the same durable consumer " + listener.durable() + " of stream " + listener.stream()
						+ ". Each would get some of the messages; give one of them another durable");
			}
		}
	}

	@Override
	public Collection<String> ids() {
		synchronized (this.containers) {
			return List.copyOf(this.containers.keySet());
		}
	}

	@Override
	public ListenerStatus status(String id) {
		return container(id).status();
	}

	@Override
	public List<ListenerStatus> listeners() {
		return all().stream().map(ListenerContainer::status).toList();
	}

	@Override
	public void start(String id) {
		container(id).start();
	}

	@Override
	public void stop(String id) {
		container(id).stop(State.STOPPED);
	}

	@Override
	public void pause(String id) {
		if (container(id).status().state() != State.STOPPED) {
			container(id).stop(State.PAUSED);
		}
	}

	@Override
	public void resume(String id) {
		if (container(id).status().state() == State.PAUSED) {
			container(id).start();
		}
	}

	@Override
	public ListenerInvoker invoker(String id) {
		return container(id).listener().invoker();
	}

	@Override
	public void start() {
		if (this.running || this.closed) {
			return;
		}
		this.running = true;
		for (ListenerContainer container : all()) {
			if (container.listener().autoStartup()) {
				container.start();
			}
		}
	}

	@Override
	public void stop() {
		if (!this.running) {
			return;
		}
		this.running = false;
		// Side by side: the time to stop is that of the slowest, not of all together.
		CompletableFuture<?>[] stops = all().stream()
			.map((container) -> CompletableFuture.runAsync(() -> container.stop(State.STOPPED),
					(task) -> new Thread(task, "af-listener-stop").start()))
			.toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(stops).join();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public void close() {
		stop();
		this.closed = true;
		this.runtime.close();
	}

	private ListenerContainer container(String id) {
		synchronized (this.containers) {
			ListenerContainer container = this.containers.get(id);
			if (container == null) {
				throw new IllegalArgumentException(
						"There is no listener '" + id + "'; there are " + this.containers.keySet());
			}
			return container;
		}
	}

	private List<ListenerContainer> all() {
		synchronized (this.containers) {
			return List.copyOf(this.containers.values());
		}
	}

}
