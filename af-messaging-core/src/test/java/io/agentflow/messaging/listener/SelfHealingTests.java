package io.agentflow.messaging.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.connection.BusCredentials;
import io.agentflow.messaging.connection.ConnectionSettings;
import io.agentflow.messaging.failure.PermanentFailureException;
import io.agentflow.messaging.listener.ListenerStatus.State;
import io.agentflow.messaging.test.server.NatsServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The ground is taken away from under a listener, again and again.
 */
class SelfHealingTests {

	private static final Logger logger = LoggerFactory.getLogger(SelfHealingTests.class);

	private static final Duration NOTICED = Duration.ofSeconds(1);

	private static final Duration BACK = Duration.ofSeconds(5);

	private static final Duration SETTLED = Duration.ofSeconds(20);

	private static final int ROUNDS = 28;

	private static final int BATCH = 25;

	private static final String SUBJECT = "agents.heal.in";

	private final List<Long> noticed = new ArrayList<>();

	private final List<Long> back = new ArrayList<>();

	private volatile String password = "p0";

	private NatsServer server;

	private BusFixture app;

	private Accounts accounts;

	enum Fault {

		CONSUMER_DELETED, STREAM_DELETED, STREAM_PURGED, AUTHORIZATION_WITHDRAWN

	}

	@BeforeEach
	void connect() {
		this.server = NatsServer.builder().config(users("p0")).start();
		this.app = BusFixture.connect(ConnectionSettings.of(this.server.url())
			.withConnectTimeout(Duration.ofSeconds(2)) // what a refused attempt takes
			.withCredentials(BusCredentials.userPassword(() -> "app", () -> this.password.toCharArray())),
				BusFixture.settings());
		this.accounts = new Accounts(this.app);
	}

	@AfterEach
	void tidyUp() {
		this.app.close();
		this.server.close();
	}

	private static String users(String password) {
		return "authorization { users = [ { user: app, password: \"" + password + "\" } ] }\n";
	}

	private ListenerStatus status() {
		return this.app.registry().status("heal");
	}

	@Test
	void comesBackFromEachFaultAndLosesNothing() throws Exception {
		this.app.listen(ListenerSpec.builder("heal", SUBJECT).handler((message, delivery) -> {
			if (BusFixture.numberOf(message) % 10 == 7) {
				throw new PermanentFailureException("seven");
			}
			return this.accounts.handled(message);
		}));
		for (int round = 0; round < ROUNDS; round++) {
			Fault fault = Fault.values()[round % Fault.values().length];
			publish(round);
			if (fault != Fault.CONSUMER_DELETED) {
				awaitSettled();
			}
			long connects = this.app.bus.status().connects();
			inject(fault, round);
			publish(round);
			awaitSettled();
			assertThat(status().state()).isEqualTo(State.RUNNING);
			boolean connectedAnew = this.app.bus.status().connects() > connects;
			assertThat(connectedAnew).isEqualTo(fault == Fault.AUTHORIZATION_WITHDRAWN);
		}
		logger.info("FIGURE {} faults: {}; noticed after at most {} ms, back after at most {} ms", ROUNDS,
				this.accounts.ledger(), Collections.max(this.noticed), Collections.max(this.back));
		assertThat(this.noticed).hasSize(ROUNDS * 3 / 4);
		assertThat(this.accounts.neither()).isEmpty();
		assertThat(this.accounts.deadLetters()).isNotEmpty();
	}

	private void publish(int round) throws InterruptedException {
		for (int number = 0; number < BATCH; number++) {
			this.accounts.publish(SUBJECT, round * BATCH + number);
		}
	}

	private void awaitSettled() {
		await().atMost(SETTLED).untilAsserted(() -> assertThat(this.accounts.neither()).isEmpty());
		await().atMost(SETTLED).until(() -> this.app.consumer("AF_MESSAGES", "test_heal").getNumAckPending() == 0);
	}

	private void inject(Fault fault, int round) throws Exception {
		Instant begin = Instant.now();
		switch (fault) {
			case CONSUMER_DELETED -> this.app.management().deleteConsumer("AF_MESSAGES", "test_heal");
			case STREAM_DELETED -> this.app.management().deleteStream("AF_MESSAGES");
			case STREAM_PURGED -> {
				this.app.management().purgeStream("AF_MESSAGES");
				return; // nothing for the listener to notice
			}
			case AUTHORIZATION_WITHDRAWN -> {
				String next = "p" + (round + 1);
				long before = refusals();
				this.server.reload(users(next));
				// Refused meanwhile, as the client gives up for good after the second
				// time.
				awaitNoticed(begin);
				await().atMost(BACK).until(() -> refusals() >= before + 2);
				assertThat(status().isHealthy()).isFalse();
				this.password = next;
				begin = Instant.now();
				awaitBack(begin);
				return;
			}
			default -> throw new IllegalStateException(fault.name());
		}
		awaitNoticed(begin);
		awaitBack(begin);
	}

	private long refusals() {
		return this.server.log().lines().filter((line) -> line.contains("authentication error")).count();
	}

	/**
	 * It may be back before this asks: then since tells that it was away.
	 */
	private void awaitNoticed(Instant begin) {
		await().atMost(NOTICED)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> !status().isHealthy() || status().since().isAfter(begin));
		this.noticed.add(Duration.between(begin, Instant.now()).toMillis());
	}

	private void awaitBack(Instant begin) {
		await().atMost(BACK).pollInterval(Duration.ofMillis(5)).until(() -> status().state() == State.RUNNING);
		this.back.add(Duration.between(begin, Instant.now()).toMillis());
	}

	@Test
	void noticesABrokerThatHasFallenSilent() throws Exception {
		this.app.listen(
				ListenerSpec.builder("heal", SUBJECT).handler((message, delivery) -> this.accounts.handled(message)));
		publish(0);
		awaitSettled();
		this.server.pause();
		await().atMost(Duration.ofSeconds(10)).until(() -> !status().isHealthy());
		assertThat(this.app.bus.status().isConnected()).isTrue();
		assertThat(status().lastError()).contains("does not answer");
		this.server.resume();
		await().atMost(BACK).until(() -> status().state() == State.RUNNING);
		publish(1);
		awaitSettled();
	}

	@Test
	void aMessageOfANewStreamIsNotTakenForTheOneOfItsSequenceBefore() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		this.app.listen(ListenerSpec.builder("heal", SUBJECT).concurrency(2).handler((message, delivery) -> {
			if (BusFixture.numberOf(message) == 1) {
				release.await(20, TimeUnit.SECONDS);
			}
			return this.accounts.handled(message);
		}));
		this.accounts.publish(SUBJECT, 1);
		await().atMost(SETTLED).until(() -> status().inFlight() == 1);
		this.app.management().deleteStream("AF_MESSAGES");
		this.accounts.publish(SUBJECT, 2);
		await().atMost(SETTLED).until(() -> status().counts().handled() == 1);
		release.countDown();
		awaitSettled();
		assertThat(status().inFlight()).isZero();
		assertThat(this.accounts.ledger()).isEqualTo("published 2, handled 2, dead-lettered 0, neither 0");
	}

}
