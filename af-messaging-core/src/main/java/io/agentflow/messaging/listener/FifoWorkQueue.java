package io.agentflow.messaging.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedTransferQueue;

/**
 * First come, first served.
 */
final class FifoWorkQueue implements WorkQueue {

	private final LinkedTransferQueue<Inbound> queue = new LinkedTransferQueue<>();

	@Override
	public void offer(Inbound inbound) {
		this.queue.offer(inbound);
	}

	@Override
	public Inbound take() throws InterruptedException {
		return this.queue.take();
	}

	@Override
	public void drainTo(List<Inbound> batch, int max) {
		this.queue.drainTo(batch, max);
	}

	@Override
	public void release(Inbound inbound) {
	}

	@Override
	public void again(Inbound inbound) {
		this.queue.offer(inbound);
	}

	@Override
	public List<Inbound> clear() {
		List<Inbound> waiting = new ArrayList<>();
		this.queue.drainTo(waiting);
		return waiting;
	}

}
