package io.agentflow.messaging.publish;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.TcpProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that can happen to the bytes between the publisher and a server that stays
 * up.
 */
class FaultyNetworkTests {

	private static final String SUBJECT = Subjects.workflowIn("faulty");

	private final Ledger ledger = new Ledger();

	private NatsServer server;

	private TcpProxy proxy;

	private PublishFixture bus;

	@BeforeEach
	void start() {
		this.server = NatsServer.start();
		this.proxy = TcpProxy.to(this.server.port());
		this.bus = PublishFixture
			.connect(PublishFixture.settings(this.proxy.url())
				.withPingInterval(Duration.ofMillis(500))
				.withConnectTimeout(Duration.ofSeconds(1)), PublishSettings.DEFAULT)
			.withStreams();
	}

	@AfterEach
	void stop() {
		this.bus.close();
		this.proxy.close();
		this.server.close();
	}

	@Test
	void survivesResets() throws Exception {
		Random random = new Random(42);
		CompletableFuture<Void> publishing = publish(4000);
		for (int i = 0; i < 15; i++) {
			pause(10 + random.nextInt(100));
			this.proxy.cut();
		}
		check(publishing, 4000);
	}

	@Test
	void survivesCutsInTheMiddleOfAFrame() throws Exception {
		Random random = new Random(43);
		CompletableFuture<Void> publishing = publish(4000);
		for (int i = 0; i < 15; i++) {
			this.proxy.cutAfter(500 + random.nextInt(60_000));
			pause(60 + random.nextInt(60));
		}
		this.proxy.cutAfter(Long.MAX_VALUE);
		this.proxy.cut();
		check(publishing, 4000);
	}

	@Test
	void survivesALinkThatStalls() throws Exception {
		CompletableFuture<Void> publishing = publish(3000);
		pause(50);
		this.proxy.stall(true);
		pause(3000);
		this.proxy.stall(false);
		check(publishing, 3000);
	}

	@Test
	void survivesALinkThatStallsOneWay() throws Exception {
		CompletableFuture<Void> publishing = publish(3000);
		pause(50);
		// What is stored is confirmed to nobody: the case in which only the id helps.
		this.proxy.stallToClient(true);
		pause(3000);
		this.proxy.stallToClient(false);
		check(publishing, 3000);
	}

	@Test
	void survivesASlowLink() throws Exception {
		this.proxy.delay(Duration.ofMillis(40));
		check(publish(3000), 3000);
	}

	@Test
	void survivesHalfClosedLinks() throws Exception {
		CompletableFuture<Void> publishing = publish(4000);
		for (int i = 0; i < 4; i++) {
			pause(150);
			this.proxy.halfClose();
		}
		check(publishing, 4000);
	}

	@Test
	void survivesAServerThatIsNotThereForSeconds() throws Exception {
		CompletableFuture<Void> publishing = publish(2000);
		this.proxy.refuse(true);
		this.proxy.cut();
		pause(4000);
		this.proxy.refuse(false);
		check(publishing, 2000);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5 })
	void survivesAServerThatIsStopped(int seconds) throws Exception {
		stopFor(Duration.ofSeconds(seconds));
	}

	@Test
	@EnabledIfSystemProperty(named = "chaos", matches = "true", disabledReason = "takes half a minute")
	void survivesAServerThatIsStoppedForLong() throws Exception {
		stopFor(Duration.ofSeconds(30));
	}

	private void stopFor(Duration duration) throws Exception {
		CompletableFuture<Void> publishing = publish(3000);
		pause(50);
		this.server.pause();
		pause(duration.toMillis());
		this.server.resume();
		check(publishing, 3000);
	}

	private CompletableFuture<Void> publish(int count) {
		return CompletableFuture.runAsync(() -> {
			for (int i = 0; i < count; i++) {
				this.ledger.publish(this.bus.publisher, SUBJECT, PublishFixture.event(i));
			}
		});
	}

	private void check(CompletableFuture<Void> publishing, int count) throws Exception {
		publishing.join();
		this.ledger.awaitAll(Duration.ofSeconds(40));
		assertThat(this.ledger.attempted()).isEqualTo(count);
		assertThat(this.ledger.slowest()).isLessThan(Duration.ofSeconds(31));
		this.ledger.settleUnknown(this.bus.publisher, SUBJECT);
		this.ledger.balance(this.bus.connection.current(), "AF_MESSAGES").assertEven();
	}

	private static void pause(long millis) {
		LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
	}

}
