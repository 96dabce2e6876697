package io.agentflow.messaging.publish;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.agentflow.messaging.AfMessage;
import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes down how each publish was reported to end, and compares that with what the
 * stream holds.
 */
final class Ledger {

	enum Outcome {

		STORED, REJECTED, UNKNOWN

	}

	private final Map<String, AfMessage<?>> attempted = new ConcurrentHashMap<>();

	private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();

	private final AtomicLong slowestNanos = new AtomicLong();

	CompletableFuture<?> publish(AfPublisher publisher, String subject, AfMessage<?> message) {
		this.attempted.put(message.id(), message);
		long start = System.nanoTime();
		return publisher.publishAsync(subject, message).handle((receipt, failure) -> {
			this.slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
			this.outcomes.put(message.id(), outcome(failure));
			return receipt;
		});
	}

	void awaitAll(Duration timeout) {
		org.awaitility.Awaitility.await()
			.atMost(timeout)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> this.outcomes.size() == this.attempted.size());
	}

	/**
	 * Publishes again, with the same id, each message whose fate is unknown.
	 * @return how many those were
	 */
	int settleUnknown(AfPublisher publisher, String subject) {
		List<String> unknown = ids(Outcome.UNKNOWN).stream().toList();
		unknown.forEach((id) -> {
			publisher.publish(subject, this.attempted.get(id));
			this.outcomes.put(id, Outcome.STORED);
		});
		return unknown.size();
	}

	Set<String> ids(Outcome outcome) {
		Set<String> ids = new TreeSet<>();
		this.outcomes.forEach((id, reported) -> {
			if (reported == outcome) {
				ids.add(id);
			}
		});
		return ids;
	}

	int attempted() {
		return this.attempted.size();
	}

	Duration slowest() {
		return Duration.ofNanos(this.slowestNanos.get());
	}

	/**
	 * Compares with the stream.
	 */
	Balance balance(Connection connection, String stream) throws Exception {
		Map<String, Integer> held = read(connection, stream);
		Balance balance = new Balance(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
		this.outcomes.forEach((id, outcome) -> {
			int copies = held.getOrDefault(id, 0);
			if (outcome == Outcome.STORED && copies == 0) {
				balance.lost().add(id);
			}
			if (copies > 1) {
				balance.duplicated().add(id);
			}
			if (outcome == Outcome.REJECTED && copies > 0) {
				balance.unexpected().add(id);
			}
		});
		held.keySet().stream().filter((id) -> !this.attempted.containsKey(id)).forEach(balance.unexpected()::add);
		return balance;
	}

	/**
	 * What does not add up.
	 *
	 * @param lost reported stored, not in the stream
	 * @param duplicated more than once in the stream
	 * @param unexpected in the stream, but reported rejected or never published
	 */
	record Balance(Set<String> lost, Set<String> duplicated, Set<String> unexpected) {

		void assertEven() {
			assertThat(this.lost).as("lost").isEmpty();
			assertThat(this.duplicated).as("duplicated").isEmpty();
			assertThat(this.unexpected).as("unexpected").isEmpty();
		}

	}

	private static Outcome outcome(Throwable failure) {
		if (failure == null) {
			return Outcome.STORED;
		}
		return (failure instanceof PublishRejectedException) ? Outcome.REJECTED : Outcome.UNKNOWN;
	}

	private static Map<String, Integer> read(Connection connection, String stream) throws Exception {
		long expected = connection.jetStreamManagement().getStreamInfo(stream).getStreamState().getMsgCount();
		Map<String, Integer> held = new HashMap<>();
		if (expected == 0) {
			return held;
		}
		CountDownLatch remaining = new CountDownLatch((int) expected);
		PushSubscribeOptions ordered = PushSubscribeOptions.builder()
			.stream(stream)
			.ordered(true)
			.configuration(ConsumerConfiguration.builder().headersOnly(true).build())
			.build();
		JetStreamSubscription subscription = connection.jetStream().subscribe(">", ordered);
		while (remaining.getCount() > 0) {
			Message message = subscription.nextMessage(Duration.ofSeconds(5));
			assertThat(message).as("message %d of %d", expected - remaining.getCount() + 1, expected).isNotNull();
			held.merge(message.getHeaders().getFirst("Nats-Msg-Id"), 1, Integer::sum);
			remaining.countDown();
		}
		subscription.unsubscribe();
		assertThat(remaining.await(0, TimeUnit.SECONDS)).isTrue();
		return held;
	}

}
