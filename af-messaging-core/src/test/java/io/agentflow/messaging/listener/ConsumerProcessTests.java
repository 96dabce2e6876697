package io.agentflow.messaging.listener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.deadletter.DeadLetter;
import io.agentflow.messaging.deadletter.DeadLetterQuery;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Processes die and are replaced; no message is lost or parked.
 */
@NatsTest(shared = false)
class ConsumerProcessTests {

	private static final int INSTANCES = 3;

	private static final int KILLS = 51;

	private static final int ROLLS = 12;

	private static final Duration END = Duration.ofSeconds(90);

	private final Random random = new Random(20261122);

	private final List<ConsumerProcess> processes = new ArrayList<>();

	@TempDir
	private Path directory;

	private BusFixture app;

	private String url;

	@BeforeEach
	void connect(NatsServer server) {
		this.url = server.url();
		this.app = BusFixture.connect(this.url);
	}

	@AfterEach
	void end() throws Exception {
		for (ConsumerProcess process : this.processes) {
			process.kill();
		}
		for (String stream : this.app.management().getStreamNames()) {
			this.app.management().deleteStream(stream);
		}
		this.app.close();
	}

	@Test
	void everyMessageIsHandledOrDeadWhateverProcessIsKilled() throws Exception {
		int messages = 6000;
		startAll();
		publish(messages);
		for (int kill = 0; kill < KILLS; kill++) {
			pause(Duration.ofMillis(50 + this.random.nextInt(450)));
			int victim = kill % INSTANCES;
			this.processes.get(victim).kill();
			this.processes.set(victim, ConsumerProcess.start(this.url, this.directory, "p" + victim + "-" + kill));
		}
		await().atMost(END).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> assertThat(left()).isZero());
		Map<Integer, Integer> handled = handled();
		List<Integer> dead = dead();
		List<Integer> neither = IntStream.range(0, messages)
			.filter((number) -> !handled.containsKey(number) && !dead.contains(number))
			.boxed()
			.toList();
		assertThat(neither).isEmpty();
		assertThat(dead).as("each at most once").doesNotHaveDuplicates();
		assertThat(dead).filteredOn((number) -> number % 10 != 9).as("dead without having failed").isEmpty();
	}

	@Test
	void aRollingRestartRepeatsAlmostNothing() throws Exception {
		int messages = 12_000;
		startAll();
		await().atMost(END).until(() -> this.app.management().getConsumerNames("AF_MESSAGES").contains("test_k"));
		Thread publisher = new Thread(() -> publishSlowly(messages));
		publisher.start();
		for (int roll = 0; roll < ROLLS; roll++) {
			int next = roll % INSTANCES;
			pause(Duration.ofMillis(300));
			ConsumerProcess old = this.processes.get(next);
			this.processes.set(next, ConsumerProcess.start(this.url, this.directory, "r" + next + "-" + roll));
			assertThat(old.terminate()).isLessThan(Duration.ofSeconds(15));
			assertThat(old.log()).doesNotContain(" ERROR ", "Draining");
		}
		publisher.join();
		await().atMost(END).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> assertThat(left()).isZero());
		Map<Integer, Integer> handled = handled();
		assertThat(handled).hasSize(messages - messages / 10);
		long repeated = handled.values().stream().filter((count) -> count > 1).count();
		assertThat(repeated).as("handled more than once").isLessThanOrEqualTo(messages / 100);
	}

	private void startAll() throws IOException {
		for (int i = 0; i < INSTANCES; i++) {
			this.processes.add(ConsumerProcess.start(this.url, this.directory, "start-" + i));
		}
	}

	private void publish(int messages) {
		IntStream.range(0, messages)
			.<AfMessage<?>>mapToObj(BusFixture::event)
			.map((message) -> this.app.publisher.publishAsync("agents.k.in", message))
			.toList()
			.forEach((future) -> future.join());
	}

	private void publishSlowly(int messages) {
		for (int number = 0; number < messages; number++) {
			this.app.publisher.publishAsync("agents.k.in", BusFixture.event(number));
			if (number % 10 == 0) {
				pause(Duration.ofMillis(6));
			}
		}
	}

	private static void pause(Duration time) {
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(time.toMillis()));
	}

	private long left() {
		var info = this.app.consumer("AF_MESSAGES", "test_k");
		return info.getNumPending() + info.getNumAckPending();
	}

	private Map<Integer, Integer> handled() throws IOException {
		Map<Integer, Integer> counts = new HashMap<>();
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".handled")).toList()) {
				for (String line : Files.readAllLines(file)) {
					if (!line.isBlank()) {
						counts.merge(Integer.valueOf(line), 1, Integer::sum);
					}
				}
			}
		}
		return counts;
	}

	private List<Integer> dead() {
		try (Stream<DeadLetter> letters = this.app.deadLetters.find(DeadLetterQuery.all())) {
			return letters.map((letter) -> BusFixture.numberOf(this.app.codec.decode(letter.body()).message()))
				.toList();
		}
	}

}
