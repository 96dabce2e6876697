package io.agentflow.messaging.test;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.util.Assert;

import io.agentflow.messaging.test.server.NatsServer;

/**
 * The one server of this JVM, with an account for each context: an account has subjects
 * and streams of its own, so contexts on one server do not meet.
 */
final class SharedNatsServer {

	private static final int ACCOUNTS = 250;

	private static final AtomicInteger TAKEN = new AtomicInteger();

	private SharedNatsServer() {
	}

	/**
	 * Starts the server if it does not run yet, and takes an account of it.
	 * @return the URL of an account that nobody else has
	 */
	static String takeAccount() {
		int account = TAKEN.incrementAndGet();
		Assert.state(account <= ACCOUNTS,
				() -> "A JVM has at most " + ACCOUNTS + " contexts on the shared nats-server");
		return "nats://" + name(account) + ":" + name(account) + "@127.0.0.1:" + Holder.SERVER.port();
	}

	private static String name(int account) {
		return "test-" + account;
	}

	private static String accounts() {
		StringBuilder text = new StringBuilder("accounts {\n");
		for (int account = 1; account <= ACCOUNTS; account++) {
			text.append("  ")
				.append(name(account))
				.append(" { jetstream: enabled, users: [{ user: ")
				.append(name(account))
				.append(", password: ")
				.append(name(account))
				.append(" }] }\n");
		}
		return text.append("}\n").toString();
	}

	/** Started when it is first wanted; ends with the JVM. */
	private static final class Holder {

		static final NatsServer SERVER = NatsServer.builder().config(accounts()).start();

	}

}
