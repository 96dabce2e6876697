package io.agentflow.messaging.listener;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.AfMessagingException;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.NotConnectedException;
import io.agentflow.messaging.deadletter.DeadLetterWriter;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.stream.StreamProvisioner;
import io.agentflow.messaging.stream.StreamProvisioningException;
import io.agentflow.messaging.stream.StreamTopology;

/**
 * What all listeners of a registry share: settings, collaborators and two threads. The
 * control thread asks the broker and may wait for it; the heartbeat thread never does, so
 * that a slow broker API cannot cost signs of life.
 */
final class ListenerRuntime {

	private static final Logger logger = LoggerFactory.getLogger(ListenerRuntime.class);

	private static final Duration TEND_INTERVAL = Duration.ofMillis(500);

	private static final Duration POLL = Duration.ofMillis(5);

	private final Collaborators collaborators;

	private final ListenerSettings settings;

	private final ScheduledExecutorService control = executor("af-listener-control");

	private final ScheduledExecutorService heartbeat = executor("af-listener-heartbeat");

	private final ScheduledExecutorService publishing = executor("af-listener-publishing");

	private final Map<ListenerContainer, ScheduledFuture<?>[]> maintained = new ConcurrentHashMap<>();

	ListenerRuntime(Collaborators collaborators, ListenerSettings settings) {
		this.collaborators = collaborators;
		this.settings = settings;
	}

	private static ScheduledExecutorService executor(String name) {
		ThreadFactory threads = (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		};
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, threads);
		executor.setRemoveOnCancelPolicy(true);
		executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		return executor;
	}

	BusConnection bus() {
		return this.collaborators.bus();
	}

	AfPublisher publisher() {
		return this.collaborators.publisher();
	}

	DeadLetterWriter deadLetters() {
		return this.collaborators.deadLetters();
	}

	StreamTopology topology() {
		return this.collaborators.topology();
	}

	PipelineSettings pipelineSettings() {
		return this.collaborators.pipeline();
	}

	DeliveryObserver observer() {
		return this.collaborators.pipeline().observer();
	}

	ListenerSettings settings() {
		return this.settings;
	}

	/**
	 * For what never waits for the broker.
	 */
	ScheduledExecutorService scheduler() {
		return this.heartbeat;
	}

	/**
	 * For publishing again what the broker did not take; may wait for it.
	 */
	ScheduledExecutorService publishing() {
		return this.publishing;
	}

	/**
	 * Runs on the control thread and waits for the end.
	 */
	void onControlThread(Runnable task) {
		try {
			this.control.submit(task).get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw new AfMessagingException("A listener's control task failed", ex.getCause());
		}
	}

	void schedule(Runnable task, Duration delay) {
		try {
			this.control.schedule(guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Stopping: control task dropped");
		}
	}

	void maintain(ListenerContainer container) {
		this.maintained.computeIfAbsent(container, (added) -> {
			long tend = TEND_INTERVAL.toNanos();
			long beat = added.beatInterval().toNanos();
			return new ScheduledFuture<?>[] {
					this.control.scheduleWithFixedDelay(guarded(added::tend), tend, tend, TimeUnit.NANOSECONDS),
					this.heartbeat.scheduleWithFixedDelay(guarded(added::beat), beat, beat, TimeUnit.NANOSECONDS) };
		});
	}

	void forget(ListenerContainer container) {
		ScheduledFuture<?>[] tasks = this.maintained.remove(container);
		if (tasks != null) {
			for (ScheduledFuture<?> task : tasks) {
				task.cancel(false);
			}
		}
	}

	/**
	 * A scheduled task that throws would never run again.
	 */
	private static Runnable guarded(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (RuntimeException ex) {
				logger.error("A task of the listeners failed; it will run again", ex);
			}
		};
	}

	/**
	 * Tells whether a start must fail: what is wrong is written down somewhere and will
	 * not mend itself.
	 */
	boolean isFatal(Exception ex) {
		return ex instanceof StreamProvisioningException && !(ex.getCause() instanceof NotConnectedException);
	}

	/**
	 * Makes streams anew that were deleted, where this application may.
	 */
	void ensureStreams(Exception cause) {
		if (this.settings.provisioning() == ProvisioningMode.NONE
				|| this.settings.provisioning() == ProvisioningMode.VALIDATE || !bus().status().isConnected()) {
			return;
		}
		try {
			StreamProvisioner.of(bus()).provision(topology(), ProvisioningMode.CREATE);
		}
		catch (RuntimeException ex) {
			logger.warn("Streams could not be made anew after '{}': {}", cause.getMessage(), ex.getMessage());
		}
	}

	/**
	 * Waits until something is so.
	 * @return whether it became so in time
	 */
	boolean await(BooleanSupplier condition, long deadlineNanos) {
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - deadlineNanos > 0 || Thread.currentThread().isInterrupted()) {
				return false;
			}
			LockSupport.parkNanos(POLL.toNanos());
		}
		return true;
	}

	void close() {
		this.control.shutdownNow();
		this.heartbeat.shutdownNow();
		this.publishing.shutdownNow();
	}

	/**
	 * Who listeners work with.
	 */
	record Collaborators(BusConnection bus, AfPublisher publisher, DeadLetterWriter deadLetters,
			StreamTopology topology, PipelineSettings pipeline) {
	}

}
