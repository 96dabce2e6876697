package io.agentflow.messaging.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

/**
 * The messages that this instance has fetched and not settled, by their sequence.
 */
final class InFlight {

	/** A sign of life is due after this part of the time that the broker waits. */
	private static final int SIGNS_PER_WAIT = 3;

	private final ConcurrentHashMap<Long, Inbound> messages = new ConcurrentHashMap<>();

	/**
	 * Being handled while their stream was deleted: another message may have their
	 * sequence in the stream that came after it.
	 */
	private final Set<Inbound> orphans = ConcurrentHashMap.newKeySet();

	private final long ackWaitNanos;

	InFlight(Duration ackWait) {
		this.ackWaitNanos = ackWait.toNanos();
	}

	/**
	 * Takes note of a delivery.
	 * @return what is to be worked on; {@code null} if the message is being worked on
	 * already, which then is to be acknowledged through the newer delivery
	 */
	@Nullable Inbound arrived(Message message) {
		Inbound inbound = new Inbound(message);
		// A message given back may return before its former delivery is off the map.
		Inbound kept = this.messages.merge(inbound.sequence(), inbound, this::newest);
		if (kept == inbound) {
			return inbound;
		}
		kept.adopt(message);
		return null;
	}

	private Inbound newest(Inbound present, Inbound arrived) {
		if (present.isSettled()) {
			return arrived;
		}
		if (present.isOfSameMessage(arrived)) {
			return present;
		}
		this.orphans.add(present);
		return arrived;
	}

	void gone(Inbound inbound) {
		if (!this.messages.remove(inbound.sequence(), inbound)) {
			this.orphans.remove(inbound);
		}
	}

	/**
	 * Tells whether the broker has waited for this message in vain: it may be with
	 * another instance by now.
	 */
	boolean isStale(Inbound inbound) {
		return inbound.nanosSinceTouch() > this.ackWaitNanos;
	}

	boolean needsSignOfLife(Inbound inbound) {
		return inbound.nanosSinceTouch() > this.ackWaitNanos / SIGNS_PER_WAIT;
	}

	Collection<Inbound> all() {
		if (this.orphans.isEmpty()) {
			return this.messages.values();
		}
		List<Inbound> all = new ArrayList<>(this.orphans);
		all.addAll(this.messages.values());
		return all;
	}

	int size() {
		return this.messages.size();
	}

	boolean isEmpty() {
		return this.messages.isEmpty() && this.orphans.isEmpty();
	}

}
