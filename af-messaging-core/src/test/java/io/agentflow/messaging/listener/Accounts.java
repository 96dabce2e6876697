package io.agentflow.messaging.listener;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.deadletter.DeadLetter;
import io.agentflow.messaging.deadletter.DeadLetterQuery;
import io.agentflow.messaging.publish.PublishRejectedException;

/**
 * Keeps account of numbered messages: what was published, what was handled, what is kept
 * with the dead letters.
 */
final class Accounts {

	private final BusFixture app;

	private final Set<String> published = ConcurrentHashMap.newKeySet();

	private final Map<String, AtomicInteger> handled = new ConcurrentHashMap<>();

	Accounts(BusFixture app) {
		this.app = app;
	}

	/**
	 * Publishes until the broker has stored it, as a careful application does.
	 */
	void publish(String subject, int number) throws InterruptedException {
		AfMessage<?> message = BusFixture.event(number);
		this.published.add(message.id());
		while (true) {
			try {
				this.app.publisher.publish(subject, message);
				return;
			}
			catch (PublishRejectedException ex) {
				if (!ex.isRetryable()) {
					throw ex;
				}
				TimeUnit.MILLISECONDS.sleep(20);
			}
		}
	}

	Object handled(AfMessage<JsonNode> message) {
		this.handled.computeIfAbsent(message.id(), (id) -> new AtomicInteger()).incrementAndGet();
		return null;
	}

	List<DeadLetter> deadLetters() {
		try (Stream<DeadLetter> letters = this.app.deadLetters.find(DeadLetterQuery.all())) {
			return letters.toList();
		}
	}

	/**
	 * Returns the messages that are neither handled nor with the dead letters.
	 */
	Set<String> neither() {
		Set<String> open = new TreeSet<>(this.published);
		open.removeAll(this.handled.keySet());
		if (!open.isEmpty()) {
			deadLetters().forEach((letter) -> open.remove(String.valueOf(letter.messageId())));
		}
		return open;
	}

	String ledger() {
		return "published " + this.published.size() + ", handled " + this.handled.size() + ", dead-lettered "
				+ deadLetters().size() + ", neither " + neither().size();
	}

}
