package io.agentflow.messaging.listener;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * One message of a key at a time. A lane is the line of one key; its head is worked on or
 * ready to be, the rest waits. A lane exists only while it holds something.
 */
final class KeyedWorkQueue implements WorkQueue {

	private final Function<Inbound, String> keyOf;

	private final Map<String, Deque<Inbound>> lanes = new HashMap<>();

	private final LinkedBlockingQueue<Inbound> ready = new LinkedBlockingQueue<>();

	KeyedWorkQueue(Function<Inbound, String> keyOf) {
		this.keyOf = keyOf;
	}

	@Override
	public void offer(Inbound inbound) {
		String key = this.keyOf.apply(inbound);
		synchronized (this.lanes) {
			Deque<Inbound> lane = this.lanes.computeIfAbsent(key, (k) -> new ArrayDeque<>());
			lane.addLast(inbound);
			if (lane.size() == 1) {
				this.ready.add(inbound);
			}
		}
	}

	@Override
	public Inbound take() throws InterruptedException {
		return this.ready.take();
	}

	@Override
	public void drainTo(List<Inbound> batch, int max) {
		this.ready.drainTo(batch, max);
	}

	@Override
	public void release(Inbound inbound) {
		String key = this.keyOf.apply(inbound);
		synchronized (this.lanes) {
			Deque<Inbound> lane = this.lanes.get(key);
			if (lane == null || lane.peekFirst() != inbound) {
				return;
			}
			lane.removeFirst();
			Inbound next = lane.peekFirst();
			if (next != null) {
				this.ready.add(next);
			}
			else {
				this.lanes.remove(key);
			}
		}
	}

	@Override
	public void again(Inbound inbound) {
		this.ready.add(inbound);
	}

	@Override
	public List<Inbound> clear() {
		synchronized (this.lanes) {
			List<Inbound> waiting = new ArrayList<>();
			this.lanes.values().forEach((lane) -> lane.stream().filter((in) -> !in.isStarted()).forEach(waiting::add));
			this.lanes.values().removeIf((lane) -> lane.removeIf((in) -> !in.isStarted()) && lane.isEmpty());
			this.ready.clear();
			return waiting;
		}
	}

}
