package io.agentflow.messaging.listener;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.support.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.AfMessagingException;
import io.agentflow.messaging.connection.BusListener;
import io.agentflow.messaging.deadletter.GivenUp;
import io.agentflow.messaging.listener.ListenerStatus.State;

/**
 * One listener at work. What changes the subscription runs on the control thread of
 * {@link ListenerRuntime}; deliveries arrive on the client's thread, wait in the queue
 * and are handled by the workers.
 */
final class ListenerContainer implements BusListener, Settler.SettlementEvents {

	private static final Logger logger = LoggerFactory.getLogger(ListenerContainer.class);

	private static final Duration FIRST_RECOVERY_DELAY = Duration.ofMillis(200);

	private static final Duration MAX_RECOVERY_DELAY = Duration.ofSeconds(5);

	private final ResolvedListener listener;

	private final ListenerRuntime runtime;

	private final ListenerState state;

	private final Counters counters = new Counters();

	private final InFlight inFlight;

	private final WorkQueue queue;

	private final BatchSizer sizer;

	private final ConsumerLink link;

	private final Settler settler;

	private final DeliveryPipeline pipeline;

	private @Nullable Workers workers;

	private volatile boolean receiving;

	private Duration recoveryDelay = FIRST_RECOVERY_DELAY;

	private boolean recoveryPending;

	private long nextSample;

	ListenerContainer(ResolvedListener listener, ListenerRuntime runtime) {
		this.listener = listener;
		this.runtime = runtime;
		this.state = new ListenerState(listener);
		this.inFlight = new InFlight(listener.ackWait());
		this.sizer = new BatchSizer(listener.concurrency(), listener.maxInFlight(), listener.prefetch());
		this.link = new ConsumerLink(runtime.bus(), listener, runtime.settings().provisioning());
		this.settler = new Settler(runtime.deadLetters(), runtime.publishing(), this);
		this.pipeline = new DeliveryPipeline(listener, runtime.pipelineSettings(), this.settler,
				new Replies(runtime.publisher(), listener.durable()), this.counters, this::retry);
		this.queue = (listener.ordering() == Ordering.BY_KEY) ? new KeyedWorkQueue(this::keyOf) : new FifoWorkQueue();
	}

	ResolvedListener listener() {
		return this.listener;
	}

	ListenerStatus status() {
		return this.state.snapshot(this.inFlight.size(), this.counters);
	}

	/**
	 * Starts to deliver. Fails for what can only be mended by a change; anything else is
	 * tried until it works.
	 */
	void start() {
		if (this.receiving) {
			return;
		}
		this.receiving = true;
		if (this.workers == null) {
			this.workers = new Workers("af-" + this.listener.id() + "-", this.listener.concurrency(),
					this.runtime.settings().virtualThreads(), this::work);
		}
		try {
			this.runtime.onControlThread(() -> attach(true));
		}
		catch (RuntimeException ex) {
			stop(State.STOPPED);
			throw ex;
		}
		this.runtime.bus().addListener(this);
		this.runtime.maintain(this);
	}

	/**
	 * Stops to deliver: fetched messages go back, running handlers may finish.
	 */
	void stop(State next) {
		this.receiving = false;
		this.runtime.bus().removeListener(this);
		this.runtime.onControlThread(this.link::close);
		this.queue.clear().forEach((inbound) -> this.settler.retry(inbound, Duration.ZERO));
		this.state.to(next);
		if (next == State.STOPPED && this.workers != null) {
			finishRunning();
			this.workers.stop();
			this.workers = null;
			this.runtime.forget(this);
		}
	}

	private void finishRunning() {
		long deadline = System.nanoTime() + this.runtime.settings().shutdownTimeout().toNanos();
		if (!this.runtime.await(this.inFlight::isEmpty, deadline)) {
			logger.warn("Listener '{}' stops with {} messages unfinished after {} s; they go back to the broker",
					this.listener.id(), this.inFlight.size(), this.runtime.settings().shutdownTimeout().toSeconds());
			for (Inbound inbound : List.copyOf(this.inFlight.all())) {
				Execution execution = inbound.execution();
				if (execution != null && execution.end()) {
					execution.stopObservation(); // being interrupted is no failure of its
													// handler
				}
				this.settler.retry(inbound, Duration.ZERO);
				inbound.interruptRunner();
			}
		}
	}

	private void attach(boolean first) {
		if (!this.receiving) {
			return;
		}
		this.recoveryPending = false;
		try {
			this.link.close();
			this.link.open(this.sizer::current, this.inFlight::size, this::arrived);
			this.recoveryDelay = FIRST_RECOVERY_DELAY;
			this.state.to(State.RUNNING);
			sample();
		}
		catch (IOException | JetStreamApiException | RuntimeException ex) {
			if (first && this.runtime.isFatal(ex)) {
				throw new AfMessagingException("Listener '" + this.listener.id() + "' cannot start: " + ex.getMessage(),
						ex);
			}
			this.state.recovering(ex.toString());
			this.runtime.ensureStreams(ex);
			recoverLater();
		}
	}

	/**
	 * Tries again, soon at first, then less often. Runs on the control thread.
	 */
	private void recoverLater() {
		if (!this.recoveryPending && this.receiving) {
			this.recoveryPending = true;
			this.runtime.schedule(() -> attach(false), this.recoveryDelay);
			Duration doubled = this.recoveryDelay.multipliedBy(2);
			this.recoveryDelay = (doubled.compareTo(MAX_RECOVERY_DELAY) < 0) ? doubled : MAX_RECOVERY_DELAY;
		}
	}

	@Override
	public void connected(Connection connection) {
		this.runtime.schedule(() -> {
			if (this.receiving && !this.link.isOn(connection)) {
				attach(false);
			}
		}, Duration.ZERO);
	}

	@Override
	public void reconnected(Connection connection) {
		this.runtime.schedule(this::check, Duration.ZERO);
	}

	@Override
	public void disconnected(Connection connection) {
		if (this.receiving) {
			this.state.recovering("connection lost");
		}
	}

	@Override
	public void pullFailed(JetStreamSubscription subscription, Status status) {
		if (this.receiving && this.link.isMine(subscription)) {
			this.state.recovering("the server ended the pull: " + status.getMessage());
			this.runtime.schedule(() -> {
				this.recoveryPending = true;
				attach(false);
			}, Duration.ZERO);
		}
	}

	@Override
	public void heartbeatMissed(JetStreamSubscription subscription) {
		if (this.receiving && this.link.isMine(subscription)) {
			this.runtime.schedule(() -> {
				if (this.state.current() != State.RECOVERING) {
					this.link.askAnew(); // a new leader knows nothing of what was asked
				}
				check();
			}, Duration.ZERO);
		}
	}

	/**
	 * Finds out whether the consumer is still there, and goes on if it is: what was asked
	 * for before is lost. Runs on the control thread.
	 */
	private void check() {
		if (!this.receiving || this.recoveryPending) {
			return;
		}
		try {
			sample();
			if (this.state.current() == State.RECOVERING) {
				this.state.to(State.RUNNING);
				this.link.askAnew();
			}
		}
		catch (JetStreamApiException ex) {
			if (ConsumerLink.isGone(ex)) {
				this.state.recovering("consumer or stream is gone: " + ex.getErrorDescription());
				attach(false);
			}
		}
		catch (IOException | RuntimeException ex) {
			if (this.runtime.bus().status().isConnected()) {
				this.state.recovering("the broker does not answer: " + ex.getMessage());
			}
		}
	}

	private void sample() throws IOException, JetStreamApiException {
		this.nextSample = System.nanoTime() + this.runtime.settings().sampleInterval().toNanos();
		ConsumerInfo info = this.link.sample();
		this.state.sampled(info.getNumPending(), info.getNumAckPending());
	}

	/**
	 * Follows the handler's speed, and samples. Runs on the control thread.
	 */
	void tend() {
		if (!this.receiving || this.recoveryPending) {
			return;
		}
		this.sizer.adjust();
		this.link.refill();
		boolean silent = this.state.current() == State.RECOVERING && this.runtime.bus().status().isConnected();
		if (silent || System.nanoTime() - this.nextSample > 0) {
			check();
		}
	}

	/**
	 * Sends signs of life and ends what takes too long. Runs on the heartbeat thread.
	 */
	void beat() {
		long limit = this.listener.maxProcessingTime().toNanos();
		for (Inbound inbound : this.inFlight.all()) {
			Execution execution = inbound.execution();
			if (execution != null && execution.isOpen() && inbound.nanosRunning() > limit) {
				this.pipeline.overdue(execution);
				Thread thread = inbound.interruptRunner();
				Workers pool = this.workers;
				if (thread != null && pool != null) {
					pool.replace(thread);
				}
			}
			else if (!inbound.isSettled() && this.inFlight.needsSignOfLife(inbound)) {
				this.settler.progress(inbound);
			}
		}
	}

	Duration beatInterval() {
		return this.listener.ackWait().dividedBy(6);
	}

	private void arrived(Message message) {
		Inbound inbound = this.inFlight.arrived(message);
		if (inbound == null) {
			return;
		}
		if (this.receiving) {
			this.queue.offer(inbound);
		}
		else {
			this.settler.retry(inbound, Duration.ZERO);
		}
	}

	private String keyOf(Inbound inbound) {
		return this.pipeline.decode(inbound).key(inbound.message().getSubject());
	}

	private void work() throws InterruptedException {
		Inbound first = this.queue.take();
		if (this.listener.batchSize() == 1) {
			handle(List.of(first));
			return;
		}
		List<Inbound> taken = new ArrayList<>(this.listener.batchSize());
		taken.add(first);
		if (first.attempt() == 1) {
			this.queue.drainTo(taken, this.listener.batchSize() - 1);
		}
		List<Inbound> batch = new ArrayList<>(taken.size());
		for (Inbound inbound : taken) {
			// One that has failed before may be why: it must not fail the others again.
			if (inbound.attempt() > 1) {
				handle(List.of(inbound));
			}
			else {
				batch.add(inbound);
			}
		}
		if (!batch.isEmpty()) {
			handle(batch);
		}
	}

	private void handle(List<Inbound> batch) {
		List<Inbound> fresh = new ArrayList<>(batch.size());
		for (Inbound inbound : batch) {
			dropIfStale(inbound);
			if (!inbound.isSettled()) {
				fresh.add(inbound);
			}
		}
		if (!fresh.isEmpty()) {
			long start = System.nanoTime();
			this.pipeline.process(fresh);
			this.sizer.record((System.nanoTime() - start) / fresh.size());
		}
	}

	private void dropIfStale(Inbound inbound) {
		if (this.inFlight.isStale(inbound) && inbound.claimSettlement()) {
			logger.info("Listener '{}' leaves sequence {} to a newer delivery: the broker heard nothing of it for {}",
					this.listener.id(), inbound.sequence(), this.listener.ackWait());
			settled(inbound);
		}
	}

	private void retry(Inbound inbound, Duration delay) {
		if (this.listener.ordering() == Ordering.BY_KEY && this.receiving) {
			inbound.attemptedHere();
			this.runtime.scheduler().schedule(() -> this.queue.again(inbound), delay.toNanos(), TimeUnit.NANOSECONDS);
		}
		else {
			this.settler.retry(inbound, delay);
		}
	}

	@Override
	public void settled(Inbound inbound) {
		this.inFlight.gone(inbound);
		this.queue.release(inbound);
		this.state.settled(inbound.sequence());
		this.link.refill();
	}

	@Override
	public void deadLetterStored(GivenUp givenUp) {
		this.counters.deadLettered.increment();
		this.runtime.observer().deadLettered(this.listener.id(), givenUp.original().subject(), givenUp.reason());
	}

	@Override
	public void deadLetterFailed(GivenUp givenUp, Throwable failure) {
		this.state.deadLetterFailed(givenUp.original().sequence(), failure);
	}

}
