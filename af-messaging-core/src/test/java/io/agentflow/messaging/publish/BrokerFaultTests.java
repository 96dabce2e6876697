package io.agentflow.messaging.publish;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.stream.StreamSpec;
import io.agentflow.messaging.test.server.NatsCluster;
import io.agentflow.messaging.test.server.NatsServer;
import io.nats.client.impl.Headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * The broker is there, and does not do what it is asked.
 */
class BrokerFaultTests {

	private static final String SUBJECT = Subjects.agentIn("a1");

	private static final PublishSettings IMPATIENT = PublishSettings.DEFAULT.withDeadline(Duration.ofSeconds(2));

	@Test
	void saysThatAStreamIsFull() throws Exception {
		try (NatsServer server = NatsServer.start(); PublishFixture bus = PublishFixture.connect(server.url())) {
			bus.provision(StreamSpec.of("AF_MESSAGES", "agents.*.*")
				.withMaxBytes(20_000)
				.withDiscard(StreamSpec.Discard.NEW));
			Ledger ledger = new Ledger();
			for (int i = 0; i < 100; i++) {
				ledger.publish(bus.publisher, SUBJECT, PublishFixture.event(i)).join();
			}
			assertThat(ledger.ids(Ledger.Outcome.REJECTED)).isNotEmpty();
			assertThat(ledger.ids(Ledger.Outcome.UNKNOWN)).isEmpty();
			ledger.balance(bus.connection.current(), "AF_MESSAGES").assertEven();
			assertThatExceptionOfType(PublishRejectedException.class)
				.isThrownBy(() -> bus.publisher.publish(SUBJECT, PublishFixture.event(1)))
				.withMessageContaining("full")
				.satisfies((rejection) -> assertThat(rejection.errorCode()).isEqualTo(10077))
				.satisfies((rejection) -> assertThat(rejection.isRetryable()).isTrue());
		}
	}

	@Test
	void saysThatAMessageIsLargerThanItsStreamTakes() {
		try (NatsServer server = NatsServer.start(); PublishFixture bus = PublishFixture.connect(server.url())) {
			bus.provision(StreamSpec.of("AF_MESSAGES", "agents.*.*").withMaxMessageSize(1000));
			AfMessage<?> large = AfMessage.event("a", "b").payload("x".repeat(2000)).build();
			assertThatExceptionOfType(PublishRejectedException.class)
				.isThrownBy(() -> bus.publisher.publish(SUBJECT, large))
				.withMessageContaining("max-message-size")
				.satisfies((rejection) -> assertThat(rejection.isRetryable()).isFalse());
		}
	}

	@Test
	void isCertainThatNothingIsStoredWithoutAConnection() {
		try (NatsServer server = NatsServer.start();
				PublishFixture bus = PublishFixture.connect(server.url(), IMPATIENT).withStreams()) {
			server.kill();
			await().until(() -> !bus.connection.status().isConnected());
			assertThatExceptionOfType(PublishRejectedException.class)
				.isThrownBy(() -> bus.publisher.publish(SUBJECT, PublishFixture.event(1)))
				.withMessageContaining("no connection")
				.satisfies((rejection) -> assertThat(rejection.isRetryable()).isTrue());
		}
	}

	@Test
	void isNotCertainWhenTheServerIsSilent() throws Exception {
		try (NatsServer server = NatsServer.start();
				PublishFixture bus = PublishFixture.connect(server.url(), IMPATIENT).withStreams()) {
			server.pause();
			AfMessage<?> message = PublishFixture.event(1);
			CompletableFuture<PublishReceipt> pending = bus.publisher.publishAsync(SUBJECT, message);
			assertThat(pending).failsWithin(Duration.ofSeconds(30))
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(PublishUnknownException.class)
				.withMessageContaining("same id");
			server.resume();
			// What its message says: again with the same id, until it is certain.
			PublishReceipt receipt = await().atMost(Duration.ofSeconds(30))
				.ignoreException(PublishUnknownException.class)
				.until(() -> bus.publisher.publish(SUBJECT, message), (stored) -> true);
			assertThat(receipt.sequence()).isEqualTo(1);
			assertThat(bus.connection.current()
				.jetStreamManagement()
				.getStreamInfo("AF_MESSAGES")
				.getStreamState()
				.getMsgCount()).isEqualTo(1);
		}
	}

	@Test
	void callsAConnectedBrokerThatConfirmsNothingStalled() {
		try (NatsServer server = NatsServer.start();
				PublishFixture bus = PublishFixture.connect(server.url()).withStreams()) {
			bus.publisher.publish(SUBJECT, PublishFixture.event(0));
			assertThat(bus.publisher.health().stalled()).isFalse();
			server.pause();
			CompletableFuture<PublishReceipt> pending = bus.publisher.publishAsync(SUBJECT, PublishFixture.event(1));
			await().atMost(Duration.ofSeconds(10)).until(() -> bus.publisher.health().stalled());
			assertThat(bus.connection.status().isConnected()).isTrue();
			assertThat(bus.publisher.health().since()).isNotNull();
			assertThat(bus.publisher.health().lastError()).contains("not answered");
			server.resume();
			assertThat(pending).succeedsWithin(Duration.ofSeconds(10));
			assertThat(bus.publisher.health().stalled()).isFalse();
		}
	}

	@Test
	void losesNothingOnADiskThatIsFull(@TempDir Path directory) throws Exception {
		assumeThat(run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", directory.toString()))
			.as("a small tmpfs needs root")
			.isZero();
		Path store = Files.createDirectory(directory.resolve("store"));
		Ledger ledger = new Ledger();
		try {
			try (NatsServer server = NatsServer.builder().storeDirectory(store).start();
					PublishFixture bus = PublishFixture.connect(server.url(),
							PublishSettings.DEFAULT.withDeadline(Duration.ofSeconds(9)))) {
				bus.provision(StreamSpec.of("AF_MESSAGES", "agents.*.*"));
				String filling = "x".repeat(100_000);
				for (int i = 0; i < 400; i++) {
					ledger.publish(bus.publisher, SUBJECT, AfMessage.event("a", "b").payload(filling).build());
				}
				await().atMost(Duration.ofSeconds(10))
					.until(() -> bus.publisher.health().stalled() || !ledger.ids(Ledger.Outcome.REJECTED).isEmpty());
				ledger.awaitAll(Duration.ofSeconds(20));
				assertThat(ledger.ids(Ledger.Outcome.STORED)).isNotEmpty().hasSizeLessThan(400);
			}
			// More room, and a restart: what was confirmed must be there.
			assertThat(run("mount", "-o", "remount,size=100m", directory.toString())).isZero();
			try (NatsServer server = NatsServer.builder().storeDirectory(store).start();
					PublishFixture bus = PublishFixture.connect(server.url())) {
				assertThat(ledger.balance(bus.connection.current(), "AF_MESSAGES").lost()).isEmpty();
			}
		}
		finally {
			run("umount", "-l", directory.toString());
		}
	}

	@Test
	void seesADenialAtOnceAndRecoversWhenThePermissionIsBack() {
		String denied = permissions("[\"$JS.API.>\"]");
		try (NatsServer server = NatsServer.builder().config(denied).start();
				PublishFixture bus = PublishFixture.connect(server.url().replace("nats://", "nats://app:pw@"))
					.withStreams()) {
			long start = System.nanoTime();
			assertThatExceptionOfType(PublishRejectedException.class)
				.isThrownBy(() -> bus.publisher.publish(SUBJECT, PublishFixture.event(1)))
				.withMessageContaining("permission")
				.withMessageContaining(SUBJECT)
				.satisfies((rejection) -> assertThat(rejection.isRetryable()).isTrue());
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
			server.reload(permissions("[\"$JS.API.>\", \"agents.>\"]"));
			await().atMost(Duration.ofSeconds(10))
				.ignoreException(PublishRejectedException.class)
				.until(() -> bus.publisher.publish(SUBJECT, PublishFixture.event(1)).sequence() > 0);
		}
	}

	@Test
	void losesNothingWhenALeaderIsKilled() throws Exception {
		try (NatsCluster cluster = NatsServer.cluster(3);
				PublishFixture bus = PublishFixture
					.connect(PublishFixture.settings(cluster.url()), PublishSettings.DEFAULT)
					.withStreams(3)) {
			Ledger ledger = new Ledger();
			CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> {
				for (int i = 0; i < 3000; i++) {
					ledger.publish(bus.publisher, SUBJECT, PublishFixture.event(i));
				}
			});
			for (int i = 0; i < 2; i++) {
				String leader = bus.connection.current()
					.jetStreamManagement()
					.getStreamInfo("AF_MESSAGES")
					.getClusterInfo()
					.getLeader();
				cluster.node(leader).kill();
				await().pollDelay(Duration.ofMillis(500)).until(() -> true);
				cluster.node(leader).restart();
				cluster.awaitReady();
				// Once the new leader has confirmed something, the next may go.
				ledger.publish(bus.publisher, SUBJECT, PublishFixture.event(-i)).join();
			}
			publishing.get(60, TimeUnit.SECONDS);
			ledger.awaitAll(Duration.ofSeconds(40));
			ledger.settleUnknown(bus.publisher, SUBJECT);
			assertThat(ledger.attempted()).isEqualTo(3002);
			assertThat(ledger.slowest()).isLessThan(Duration.ofSeconds(15));
			ledger.balance(bus.connection.current(), "AF_MESSAGES").assertEven();
		}
	}

	@Test
	void completesARequestAcrossARestartOfTheServer() throws Exception {
		try (NatsServer server = NatsServer.start();
				PublishFixture bus = PublishFixture.connect(server.url()).withStreams()) {
			org.springframework.core.ParameterizedTypeReference<Integer> type = new org.springframework.core.ParameterizedTypeReference<>() {
			};
			AfMessage<?> request = AfMessage.request("pinger", "late").build();
			CompletableFuture<AfMessage<Integer>> response = bus.publisher.request(Subjects.agentIn("late"), request,
					type, Duration.ofSeconds(20));
			await().until(() -> bus.connection.current()
				.jetStreamManagement()
				.getStreamInfo("AF_MESSAGES")
				.getStreamState()
				.getMsgCount() == 1);
			server.kill();
			server.restart();
			await().until(() -> bus.connection.status().isConnected() && bus.connection.status().connects() == 2);
			byte[] stored = bus.connection.current().jetStreamManagement().getMessage("AF_MESSAGES", 1).getData();
			AfMessage<?> received = bus.codec.decode(stored).message();
			bus.publisher.publish(received.replyTo(), received.reply().payload(7).build());
			assertThat(response.get(20, TimeUnit.SECONDS).payload()).isEqualTo(7);
		}
	}

	@Test
	void endsWhatIsInFlightWhenItIsClosed() {
		try (NatsServer server = NatsServer.start();
				PublishFixture bus = PublishFixture.connect(server.url()).withStreams()) {
			server.pause();
			CompletableFuture<PublishReceipt> pending = bus.publisher.raw()
				.publish(SUBJECT, new Headers(), new byte[] { 1 }, "raw-1");
			bus.publisher.close();
			assertThat(pending).failsWithin(Duration.ofSeconds(1))
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(PublishUnknownException.class);
			server.resume();
		}
	}

	private static String permissions(String publish) {
		return "authorization { users: [ { user: app, password: pw, permissions: { publish: { allow: " + publish
				+ " }, subscribe: { allow: [\"_INBOX.>\"] } } } ] }";
	}

	private static int run(String... command) {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor();
		}
		catch (Exception ex) {
			return -1;
		}
	}

}
