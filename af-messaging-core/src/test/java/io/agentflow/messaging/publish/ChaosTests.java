package io.agentflow.messaging.publish;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.TcpProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The long form of the fault tests, run by {@code ./dev chaos}: many messages through
 * kills of the server and partitions of the network in a random order, and a report.
 * System properties: {@code chaos.messages}, {@code chaos.faults} (of each kind),
 * {@code chaos.seed}, {@code chaos.report}.
 */
@EnabledIfSystemProperty(named = "chaos", matches = "true", disabledReason = "takes minutes; run ./dev chaos")
class ChaosTests {

	private static final String SUBJECT = Subjects.workflowIn("chaos");

	private final long seed = Long.getLong("chaos.seed", System.nanoTime());

	private final Random random = new Random(this.seed);

	private final Ledger ledger = new Ledger();

	private final List<Fault> faults = new ArrayList<>();

	@Test
	void accountsForEveryMessage() throws Exception {
		int messages = Integer.getInteger("chaos.messages", 100_000);
		List<String> kinds = kinds(Integer.getInteger("chaos.faults", 20));
		long start = System.nanoTime();
		try (NatsServer server = NatsServer.start();
				TcpProxy proxy = TcpProxy.to(server.port());
				PublishFixture bus = PublishFixture
					.connect(PublishFixture.settings(proxy.url())
						.withPingInterval(Duration.ofSeconds(1))
						.withConnectTimeout(Duration.ofSeconds(1)), PublishSettings.DEFAULT)
					.withStreams()) {
			for (String kind : kinds) {
				CompletableFuture<Void> publishing = publish(bus, messages / kinds.size());
				pause(5, 200);
				strike(kind, server, proxy);
				recover(kind, bus);
				publishing.join();
			}
			this.ledger.awaitAll(Duration.ofSeconds(60));
			int unknown = this.ledger.settleUnknown(bus.publisher, SUBJECT);
			Ledger.Balance balance = this.ledger.balance(bus.connection.current(), "AF_MESSAGES");
			report(balance, unknown, Duration.ofNanos(System.nanoTime() - start));
			balance.assertEven();
			assertThat(this.ledger.slowest()).isLessThan(Duration.ofSeconds(31));
		}
	}

	private List<String> kinds(int each) {
		List<String> kinds = new ArrayList<>(Collections.nCopies(each, "kill"));
		String[] partitions = { "reset", "stall both ways", "stall to client", "unreachable" };
		for (int i = 0; i < each; i++) {
			kinds.add(partitions[i % partitions.length]);
		}
		Collections.shuffle(kinds, this.random);
		return kinds;
	}

	private void strike(String kind, NatsServer server, TcpProxy proxy) {
		switch (kind) {
			case "kill" -> {
				server.kill();
				pause(0, 500);
				server.restart();
			}
			case "reset" -> proxy.cut();
			case "stall both ways" -> {
				proxy.stall(true);
				pause(500, 4000);
				proxy.stall(false);
			}
			case "stall to client" -> {
				proxy.stallToClient(true);
				pause(500, 4000);
				proxy.stallToClient(false);
			}
			default -> {
				proxy.refuse(true);
				proxy.cut();
				pause(500, 3000);
				proxy.refuse(false);
			}
		}
	}

	/**
	 * Measures from the end of the fault to the receipt of a message published then.
	 */
	private void recover(String kind, PublishFixture bus) {
		long healed = System.nanoTime();
		this.ledger.publish(bus.publisher, SUBJECT, PublishFixture.event(-1)).join();
		this.faults.add(new Fault(kind, Duration.ofNanos(System.nanoTime() - healed)));
	}

	private CompletableFuture<Void> publish(PublishFixture bus, int count) {
		return CompletableFuture.runAsync(() -> {
			for (int i = 0; i < count; i++) {
				this.ledger.publish(bus.publisher, SUBJECT, PublishFixture.event(i));
			}
		});
	}

	private void pause(int least, int most) {
		LockSupport.parkNanos(Duration.ofMillis(least + this.random.nextInt(most - least)).toNanos());
	}

	private void report(Ledger.Balance balance, int unknown, Duration elapsed) throws Exception {
		StringBuilder html = new StringBuilder("<!doctype html><meta charset=utf-8><title>Chaos</title>")
			.append("<h1>Chaos</h1><table border=1 cellpadding=4>");
		row(html, "seed (-Dchaos.seed)", this.seed);
		row(html, "messages", this.ledger.attempted());
		row(html, "duration", elapsed.toSeconds() + " s");
		row(html, "reported stored, those settled by a second publish included",
				this.ledger.ids(Ledger.Outcome.STORED).size());
		row(html, "reported rejected", this.ledger.ids(Ledger.Outcome.REJECTED).size());
		row(html, "reported unknown", unknown);
		row(html, "lost (reported stored, not there)", balance.lost().size());
		row(html, "duplicated", balance.duplicated().size());
		row(html, "unexpected (rejected or never sent, but there)", balance.unexpected().size());
		row(html, "slowest publish", this.ledger.slowest().toMillis() + " ms");
		List<Duration> recoveries = this.faults.stream().map(Fault::recovery).sorted().toList();
		row(html, "recovery p50", recoveries.get(recoveries.size() / 2).toMillis() + " ms");
		row(html, "recovery p99", recoveries.get((int) Math.ceil(recoveries.size() * 0.99) - 1).toMillis() + " ms");
		html.append("</table><h2>Faults in order</h2><table border=1 cellpadding=4>");
		this.faults.forEach((fault) -> row(html, fault.kind(), fault.recovery().toMillis() + " ms"));
		Path file = Path.of(System.getProperty("chaos.report", "target/chaos.html"));
		Files.writeString(file, html.append("</table>\n"));
	}

	private static void row(StringBuilder html, String name, Object value) {
		html.append("<tr><td>").append(name).append("<td>").append(value);
	}

	private record Fault(String kind, Duration recovery) {
	}

}
