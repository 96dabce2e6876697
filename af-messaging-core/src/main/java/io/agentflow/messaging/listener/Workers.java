package io.agentflow.messaging.listener;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * The threads of one listener. A thread whose handler does not come back is written off
 * and replaced, so that the listener keeps its concurrency.
 */
final class Workers {

	private static final Logger logger = LoggerFactory.getLogger(Workers.class);

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	private final ThreadFactory factory;

	private final Step step;

	private volatile boolean running = true;

	Workers(String name, int count, boolean virtual, Step step) {
		this.step = step;
		this.factory = virtual ? new VirtualThreadTaskExecutor(name).getVirtualThreadFactory() : platform(name);
		for (int i = 0; i < count; i++) {
			add();
		}
	}

	private static ThreadFactory platform(String name) {
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, name + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

	private void add() {
		Thread thread = this.factory.newThread(this::run);
		this.threads.add(thread);
		thread.start();
	}

	private void run() {
		Thread self = Thread.currentThread();
		while (this.running && this.threads.contains(self)) {
			try {
				this.step.next();
			}
			catch (InterruptedException ex) {
				// Only ends the wait; whether to go on is asked above.
			}
			catch (RuntimeException | Error ex) {
				logger.error("A worker failed outside of its handler; it goes on", ex);
			}
			Thread.interrupted(); // what was meant for the last message must not hit the
									// next
		}
	}

	/**
	 * Writes a thread off.
	 */
	void replace(Thread thread) {
		if (this.threads.remove(thread) && this.running) {
			add();
		}
	}

	/**
	 * Ends all threads, those that wait at once, the others when their handler returns.
	 */
	void stop() {
		this.running = false;
		this.threads.forEach(Thread::interrupt);
		this.threads.clear();
	}

	/**
	 * What a thread does again and again.
	 */
	@FunctionalInterface
	interface Step {

		/**
		 * Waits for work and does it.
		 */
		void next() throws InterruptedException;

	}

}
