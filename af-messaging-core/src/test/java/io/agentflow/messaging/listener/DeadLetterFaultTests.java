package io.agentflow.messaging.listener;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StreamConfiguration;

import io.agentflow.messaging.connection.BusCredentials;
import io.agentflow.messaging.connection.ConnectionSettings;
import io.agentflow.messaging.listener.ListenerStatus.State;
import io.agentflow.messaging.test.server.NatsServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The dead letters take nothing for a while.
 */
class DeadLetterFaultTests {

	private static final Logger logger = LoggerFactory.getLogger(DeadLetterFaultTests.class);

	private static final Duration SOON = Duration.ofSeconds(40);

	private static final int MESSAGES = 40;

	private static final String SUBJECT = "agents.failing.in";

	private NatsServer server;

	private BusFixture app;

	private Accounts accounts;

	@BeforeEach
	void connect() {
		this.server = NatsServer.builder().config(permissions("")).start();
		this.app = BusFixture.connect(
				ConnectionSettings.of(this.server.url())
					.withCredentials(BusCredentials.userPassword(() -> "app", "p"::toCharArray)),
				BusFixture.settings().withAckWait(Duration.ofSeconds(2)));
		this.accounts = new Accounts(this.app);
	}

	@AfterEach
	void tidyUp() {
		this.app.close();
		this.server.close();
	}

	private static String permissions(String denied) {
		return "authorization { users = [ { user: app, password: p, permissions: { publish: { allow: \">\", deny: ["
				+ denied + "] } } } ] }\n";
	}

	private ListenerStatus status() {
		return this.app.registry().status("failing");
	}

	private void change(DiscardPolicy discard, long maxMessages, long maxBytes) throws Exception {
		StreamConfiguration now = this.app.management().getStreamInfo("AF_DEAD_LETTERS").getConfiguration();
		this.app.management()
			.updateStream(StreamConfiguration.builder(now)
				.discardPolicy(discard)
				.maxMessages(maxMessages)
				.maxBytes(maxBytes)
				.build());
	}

	@Test
	void originalsStayWhileTheDeadLettersHaveNoRoomForAnotherMessage() throws Exception {
		change(DiscardPolicy.New, 10, -1);
		failAll();
		assertStalled("maximum messages exceeded", 10);
		change(DiscardPolicy.New, -1, -1);
		assertAllKept("full (messages)");
	}

	@Test
	void originalsStayWhileTheDeadLettersHaveNoRoomForMoreBytes() throws Exception {
		change(DiscardPolicy.New, -1, 8_000);
		failAll();
		assertStalled("maximum bytes exceeded", this.app.deadLetters.count());
		change(DiscardPolicy.New, -1, -1);
		assertAllKept("full (bytes)");
	}

	@Test
	void originalsStayWhileTheDeadLettersAreForbidden() throws Exception {
		this.server.reload(permissions("\"dead.>\""));
		await().atMost(SOON).until(() -> this.app.bus.status().isConnected());
		failAll();
		assertStalled("permission", 0);
		this.server.reload(permissions(""));
		assertAllKept("forbidden");
	}

	private void failAll() throws InterruptedException {
		this.app.listen(
				ListenerSpec.builder("failing", SUBJECT).maxAttempts(1).concurrency(4).handler((message, delivery) -> {
					throw new IllegalStateException("not today");
				}));
		for (int number = 0; number < MESSAGES; number++) {
			this.accounts.publish(SUBJECT, number);
		}
	}

	private void assertStalled(String reason, long kept) {
		await().atMost(SOON).until(() -> status().counts().failed() == MESSAGES);
		await().atMost(SOON).untilAsserted(() -> {
			assertThat(status().state()).isEqualTo(State.STALLED);
			assertThat(status().isHealthy()).isFalse();
			assertThat(status().lastError()).contains(reason);
		});
		// Longer than the broker waits for a sign of life.
		await().during(Duration.ofSeconds(3))
			.atMost(SOON)
			.until(() -> this.app.consumer("AF_MESSAGES", "test_failing").getNumAckPending() == MESSAGES - kept);
		assertThat(this.app.deadLetters.count()).isEqualTo(kept).isLessThan(MESSAGES);
		assertThat(this.app.consumer("AF_MESSAGES", "test_failing").getRedelivered()).isZero();
		assertThat(this.accounts.neither()).hasSize((int) (MESSAGES - kept));
	}

	private void assertAllKept(String fault) {
		await().atMost(SOON).untilAsserted(() -> assertThat(this.accounts.neither()).isEmpty());
		await().atMost(SOON).until(() -> this.app.consumer("AF_MESSAGES", "test_failing").getNumAckPending() == 0);
		await().atMost(SOON).until(() -> status().state() == State.RUNNING);
		Set<Long> once = new HashSet<>();
		assertThat(this.accounts.deadLetters()).hasSize(MESSAGES)
			.allMatch((letter) -> once.add(letter.streamSequence()))
			.allMatch((letter) -> letter.body().length > 0 && !letter.bodyOmitted());
		logger.info("FIGURE dead letters {}: {}", fault, this.accounts.ledger());
	}

}
