package io.agentflow.messaging.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.codec.InvalidMessageException;
import io.agentflow.messaging.deadletter.GivenUp;
import io.agentflow.messaging.failure.Disposition;
import io.agentflow.messaging.failure.Failure;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.failure.PermanentFailureException;
import io.agentflow.messaging.observation.AfLinkedContext;
import io.agentflow.messaging.observation.AfProcessContext;
import io.agentflow.messaging.observation.AuditLog;
import io.agentflow.messaging.observation.MessageObservations.Ongoing;
import io.agentflow.messaging.observation.MessageObservations.Scope;
import io.agentflow.messaging.publish.Completions;

/**
 * The way of a delivery: decode and verify, observe, invoke, decide, settle.
 */
final class DeliveryPipeline {

	private static final Logger logger = LoggerFactory.getLogger(DeliveryPipeline.class);

	private final ResolvedListener listener;

	private final PipelineSettings settings;

	private final Settler settler;

	private final Replies replies;

	private final Counters counters;

	private final Retries retries;

	DeliveryPipeline(ResolvedListener listener, PipelineSettings settings, Settler settler, Replies replies,
			Counters counters, Retries retries) {
		this.listener = listener;
		this.settings = settings;
		this.settler = settler;
		this.replies = replies;
		this.counters = counters;
		this.retries = retries;
	}

	/**
	 * Handles deliveries on the calling thread; one, or several for a batch handler.
	 */
	void process(List<Inbound> inbounds) {
		List<Execution> executions = new ArrayList<>(inbounds.size());
		for (Inbound inbound : inbounds) {
			try {
				Execution execution = admit(inbound);
				if (execution != null) {
					executions.add(execution);
				}
			}
			catch (RuntimeException | StackOverflowError ex) { // of a store, a
																// convention, a codec
				notAdmitted(inbound, ex);
			}
		}
		if (!executions.isEmpty()) {
			invoke(executions);
		}
	}

	/**
	 * Reads and verifies a delivery.
	 */
	Decoding decode(Inbound inbound) {
		Decoding decoding = inbound.decoding();
		if (decoding == null) {
			decoding = Decoding.of(inbound.message(), this.settings.codec());
			inbound.decoding(decoding);
		}
		return decoding;
	}

	private @Nullable Execution admit(Inbound inbound) {
		Decoding decoding = decode(inbound);
		if (inbound.attempt() > 1) {
			this.counters.redelivered.increment();
		}
		if (decoding.message() == null) {
			refuse(inbound, decoding);
			return null;
		}
		Received received = new Received(decoding.message(), Deliveries.of(inbound));
		if (Deliveries.isForOther(inbound.message(), this.listener.durable()) || wasHandled(received)) {
			this.settler.ack(inbound);
			return null;
		}
		if (inbound.attempt() > this.listener.maxDeliveries()) {
			giveUp(inbound, received, FailureReason.NEVER_SETTLED, null);
			return null;
		}
		Execution execution = new Execution(inbound, received, startObservation(inbound, received));
		inbound.started(execution);
		return execution;
	}

	private void notAdmitted(Inbound inbound, Throwable failure) {
		this.counters.failed.increment();
		Delivery delivery = Deliveries.of(inbound);
		Disposition disposition = decide(new Failure(failure, delivery, this.listener.retry()));
		logger.warn("Listener '{}' could not take {}/{}, attempt {} of {}: {}", this.listener.id(), delivery.stream(),
				delivery.sequence(), delivery.attempt(), this.listener.retry().maxAttempts(), disposition, failure);
		if (disposition instanceof Disposition.DeadLetter dead) {
			this.settler.deadLetter(inbound,
					new GivenUp(inbound.message(), dead.reason(), delivery.attempt(), failure, null, null));
		}
		else {
			this.retries.retry(inbound, (disposition instanceof Disposition.Retry retry) ? retry.delay()
					: this.listener.retry().initialDelay());
		}
	}

	private Ongoing startObservation(Inbound inbound, Received received) {
		return this.settings.observations().process(context(inbound, received));
	}

	private static AfProcessContext context(Inbound inbound, Received received) {
		return new AfProcessContext(inbound.message().getHeaders(), received.delivery(), received.message());
	}

	private boolean wasHandled(Received received) {
		IdempotencyStore store = this.settings.idempotency();
		return store != null && store.isHandled(this.listener.durable(), received.message().id());
	}

	private void invoke(List<Execution> executions) {
		Execution first = executions.get(0);
		first.inContext(() -> {
			executions.forEach((execution) -> tell(() -> this.settings.observer()
				.delivered(this.listener.id(), execution.message(), execution.received().delivery())));
			try {
				returned(executions, call(executions, new Settlement(first)));
			}
			catch (Throwable failure) { // an Error of a handler must not cost a message
				if (failure instanceof InterruptedException) {
					Thread.currentThread().interrupt();
				}
				executions.forEach((execution) -> failed(execution, failure));
			}
			finally {
				executions.forEach((execution) -> execution.inbound().leftByThread());
			}
		});
	}

	private @Nullable Object call(List<Execution> executions, Settlement settlement) throws Exception {
		List<Received> messages = executions.stream().map(Execution::received).toList();
		if (messages.size() == 1) {
			return this.listener.invoker().invoke(messages, settlement);
		}
		Ongoing batch = this.settings.observations()
			.linked(AfLinkedContext.batch(messages.get(0).delivery(),
					executions.stream().map((each) -> context(each.inbound(), each.received())).toList()));
		try (Scope scope = batch.openScope()) {
			return this.listener.invoker().invoke(messages, settlement);
		}
		catch (Exception ex) {
			batch.error(ex);
			throw ex;
		}
		finally {
			batch.stop();
		}
	}

	private void returned(List<Execution> executions, @Nullable Object result) {
		if (result instanceof CompletionStage<?> stage) {
			Execution execution = executions.get(0);
			stage.whenComplete((value, failure) -> execution.inContext(() -> {
				if (failure != null) {
					failed(execution, Completions.causeOf(failure));
				}
				else {
					answer(execution, value);
				}
			}));
		}
		else {
			executions.forEach((execution) -> answer(execution, result));
		}
	}

	private void answer(Execution execution, @Nullable Object result) {
		CompletableFuture<? extends @Nullable Object> reply;
		try {
			reply = this.replies.publish(execution.message(), result);
		}
		catch (RuntimeException ex) {
			failed(execution, ex);
			return;
		}
		if (reply == null) {
			handled(execution);
			return;
		}
		BiConsumer<Object, Throwable> stored = (receipt, failure) -> {
			if (failure == null) {
				handled(execution);
			}
			else {
				execution.inContext(() -> failed(execution, Completions.causeOf(failure)));
			}
		};
		if (this.settings.idempotency() == null) {
			reply.whenComplete(stored);
		}
		else {
			// Remembering and confirming wait for the broker, which on the client's own
			// completion thread would wait for ever.
			reply.whenCompleteAsync(stored);
		}
	}

	private void handled(Execution execution) {
		if (this.listener.invoker().acknowledges() && !execution.inbound().isSettled()) {
			return; // the handler settles it, now or later
		}
		acknowledge(execution);
	}

	private void acknowledge(Execution execution) {
		if (!execution.end()) {
			return;
		}
		IdempotencyStore store = this.settings.idempotency();
		boolean settled;
		if (store != null) {
			settled = acknowledgeOnce(store, execution);
		}
		else {
			settled = this.settler.ack(execution.inbound());
		}
		execution.stopObservation();
		if (settled) {
			this.counters.handled.increment();
			tell(() -> this.settings.observer()
				.handled(this.listener.id(), execution.message(), execution.received().delivery()));
		}
	}

	private boolean acknowledgeOnce(IdempotencyStore store, Execution execution) {
		try {
			store.markHandled(this.listener.durable(), execution.message().id());
		}
		catch (RuntimeException ex) {
			logger.warn(
					"Listener '{}' handled {} but could not remember it; should it be delivered again, it runs again",
					this.listener.id(), execution.message(), ex);
		}
		return this.settler.ackConfirmed(execution.inbound());
	}

	/**
	 * Takes a message away from a handler that has had it for too long.
	 */
	void overdue(Execution execution) {
		execution.inContext(
				() -> failed(execution,
						new ProcessingTimeoutException("Handling " + execution.message() + " took longer than "
								+ this.listener.maxProcessingTime() + " (max-processing-time of listener '"
								+ this.listener.id() + "')")));
	}

	private void failed(Execution execution, Throwable failure) {
		Inbound inbound = execution.inbound();
		if (!execution.end()) {
			logger.warn("Listener '{}' failed on {} after its time was up; the outcome is ignored", this.listener.id(),
					execution.message(), failure);
			return;
		}
		this.counters.failed.increment();
		execution.observed(failure);
		Delivery delivery = execution.received().delivery();
		Disposition disposition = decide(new Failure(failure, delivery, this.listener.retry()));
		log(execution, failure, disposition);
		if (disposition instanceof Disposition.Retry retry) {
			this.retries.retry(inbound, retry.delay());
		}
		else if (disposition instanceof Disposition.DeadLetter dead) {
			giveUp(inbound, execution.received(), dead.reason(), failure);
		}
		else {
			this.settler.ack(inbound);
		}
		execution.stopObservation();
	}

	private Disposition decide(Failure failure) {
		try {
			return this.settings.failurePolicy().decide(failure);
		}
		catch (RuntimeException ex) {
			logger.error("The failure policy failed; the message is tried again", ex);
			return new Disposition.Retry(failure.retry().maxDelay());
		}
	}

	private void log(Execution execution, Throwable failure, Disposition disposition) {
		Delivery delivery = execution.received().delivery();
		logger.warn("Listener '{}' failed on {} ({}/{}), attempt {} of {}: {}", this.listener.id(), execution.message(),
				delivery.stream(), delivery.sequence(), delivery.attempt(), this.listener.retry().maxAttempts(),
				disposition, failure);
	}

	private void refuse(Inbound inbound, Decoding decoding) {
		FailureReason reason = Objects.requireNonNull(decoding.reason());
		InvalidMessageException refusal = Objects.requireNonNull(decoding.refusal());
		AuditLog.refused(inbound.message(), reason, refusal.messageId(), refusal.getMessage());
		this.counters.refused.increment();
		this.settler.deadLetter(inbound,
				new GivenUp(inbound.message(), reason, inbound.attempt(), refusal, refusal.messageId(), null));
	}

	private void giveUp(Inbound inbound, Received received, FailureReason reason, @Nullable Throwable failure) {
		this.settler.deadLetter(inbound, new GivenUp(inbound.message(), reason, received.delivery().attempt(), failure,
				received.message().id(), received.message().workflowId()));
	}

	private void tell(Runnable notice) {
		try {
			notice.run();
		}
		catch (RuntimeException ex) {
			logger.warn("An observer of deliveries failed; deliveries go on", ex);
		}
	}

	/**
	 * How a message is tried again: given back to the broker, or kept in its place.
	 */
	@FunctionalInterface
	interface Retries {

		void retry(Inbound inbound, Duration delay);

	}

	/**
	 * What a handler that settles by itself holds.
	 */
	private final class Settlement implements Acknowledgment {

		private final Execution execution;

		private Settlement(Execution execution) {
			this.execution = execution;
		}

		@Override
		public void acknowledge() {
			DeliveryPipeline.this.acknowledge(this.execution);
		}

		@Override
		public void retry(Duration delay) {
			if (this.execution.end()) {
				DeliveryPipeline.this.retries.retry(this.execution.inbound(), delay);
				this.execution.stopObservation();
			}
		}

		@Override
		public void reject(String why) {
			if (this.execution.end()) {
				giveUp(this.execution.inbound(), this.execution.received(), FailureReason.PERMANENT,
						new PermanentFailureException(why));
				this.execution.stopObservation();
			}
		}

	}

}
