package io.agentflow.messaging.publish;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.test.server.NatsServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server is killed again and again while messages are published.
 */
class ServerKillTests {

	private static final Logger logger = LoggerFactory.getLogger(ServerKillTests.class);

	private static final String SUBJECT = Subjects.workflowIn("killed");

	private static final int KILLS = 12;

	private static final int MESSAGES = 24_000;

	@Test
	void storesOnceWhateverIsReportedStoredAndNothingThatIsRejected() throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		Ledger ledger = new Ledger();
		try (NatsServer server = NatsServer.start();
				PublishFixture bus = PublishFixture.connect(server.url()).withStreams()) {
			for (int kill = 0; kill < KILLS; kill++) {
				CompletableFuture<Void> publishing = publish(bus, ledger, MESSAGES / KILLS);
				LockSupport.parkNanos(Duration.ofMillis(5 + random.nextInt(150)).toNanos());
				logger.info("kill {}", kill + 1);
				server.kill();
				LockSupport.parkNanos(Duration.ofMillis(random.nextInt(200)).toNanos());
				server.restart();
				logger.info("restarted");
				publishing.join();
			}
			ledger.awaitAll(Duration.ofSeconds(40));
			int unknown = ledger.settleUnknown(bus.publisher, SUBJECT);
			logger.info("seed {}: {} stored, {} rejected, {} were unknown, slowest {}", seed,
					ledger.ids(Ledger.Outcome.STORED).size(), ledger.ids(Ledger.Outcome.REJECTED).size(), unknown,
					ledger.slowest());
			ledger.balance(bus.connection.current(), "AF_MESSAGES").assertEven();
			assertThat(ledger.attempted()).isEqualTo(MESSAGES);
			// No hang: everything has ended within the deadline.
			assertThat(ledger.slowest()).isLessThan(Duration.ofSeconds(31));
		}
	}

	private static CompletableFuture<Void> publish(PublishFixture bus, Ledger ledger, int count) {
		return CompletableFuture.runAsync(() -> {
			for (int i = 0; i < count; i++) {
				ledger.publish(bus.publisher, SUBJECT, PublishFixture.event(i));
			}
		});
	}

}
