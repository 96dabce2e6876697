package io.agentflow.messaging.listener;

import java.util.concurrent.atomic.LongAdder;

/**
 * What one listener has done.
 */
final class Counters {

	final LongAdder handled = new LongAdder();

	final LongAdder failed = new LongAdder();

	final LongAdder redelivered = new LongAdder();

	final LongAdder deadLettered = new LongAdder();

	final LongAdder refused = new LongAdder();

	ListenerStatus.Counts snapshot() {
		return new ListenerStatus.Counts(this.handled.sum(), this.failed.sum(), this.redelivered.sum(),
				this.deadLettered.sum(), this.refused.sum());
	}

}
