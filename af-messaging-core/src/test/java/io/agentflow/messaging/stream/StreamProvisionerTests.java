package io.agentflow.messaging.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.ConnectionSettings;
import io.agentflow.messaging.stream.StreamResult.Action;
import io.agentflow.messaging.test.server.NatsServer;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StreamProvisionerTests {

	private static NatsServer server;

	private static BusConnection bus;

	private static final StreamSpec SPEC = StreamSpec.of("AF_TEST", "test.*")
		.withGroup("messages")
		.withMaxBytes(1 << 20)
		.withMaxAge(Duration.ofHours(1));

	@BeforeAll
	static void start() {
		server = NatsServer.builder().config("jetstream { max_file_store: 100MB }").jetStream(true).start();
		bus = BusConnection.connect(ConnectionSettings.of(server.url()));
	}

	@AfterAll
	static void stop() {
		bus.close();
		server.close();
	}

	@AfterEach
	void deleteStreams() throws Exception {
		for (String name : api().getStreamNames()) {
			api().deleteStream(name);
		}
	}

	@Test
	void createsTheStreamsOfTheContract() throws Exception {
		StreamTopology small = new StreamTopology(
				StreamTopology.defaults().streams().stream().map((spec) -> spec.withMaxBytes(1 << 20)).toList());
		List<StreamResult> results = StreamProvisioner.of(bus).provision(small, ProvisioningMode.UPDATE);
		assertThat(results).extracting(StreamResult::action).containsOnly(Action.CREATED);
		assertThat(api().getStreamNames()).containsExactlyInAnyOrder("AF_MESSAGES", "AF_TOOLS", "AF_SYSTEM",
				"AF_DEAD_LETTERS");
		StreamConfiguration messages = config("AF_MESSAGES");
		assertThat(messages.getSubjects()).containsExactlyInAnyOrder("workflows.*.*", "agents.*.*");
		assertThat(messages.getMaxAge()).isEqualTo(Duration.ofDays(7));
		assertThat(messages.getDuplicateWindow()).isEqualTo(Duration.ofMinutes(2));
		assertThat(config("AF_SYSTEM").getMaxAge()).isEqualTo(Duration.ofDays(1));
		assertThat(StreamProvisioner.of(bus).provision(small, ProvisioningMode.VALIDATE))
			.extracting(StreamResult::action)
			.containsOnly(Action.UNCHANGED);
	}

	@Test
	void namesTheStreamOfASubject() {
		StreamTopology topology = StreamTopology.defaults();
		assertThat(topology.streamFor("agents.a1.in")).extracting(StreamSpec::name).isEqualTo("AF_MESSAGES");
		assertThat(topology.streamFor("agents.*.in")).extracting(StreamSpec::name).isEqualTo("AF_MESSAGES");
		assertThat(topology.streamFor("tools.calls")).extracting(StreamSpec::name).isEqualTo("AF_TOOLS");
		assertThat(topology.streamFor("dead.agents.a1.in")).extracting(StreamSpec::name).isEqualTo("AF_DEAD_LETTERS");
		assertThat(topology.streamFor("agents.>")).isNull();
		assertThat(topology.streamFor("elsewhere")).isNull();
	}

	@Test
	void changesWhatDiffersAndKeepsWhatWasAdded() throws Exception {
		provision(SPEC, ProvisioningMode.UPDATE);
		api().updateStream(
				StreamConfiguration.builder(config("AF_TEST")).addSubjects("added.*").description("mine").build());
		StreamResult result = provision(SPEC.withMaxAge(Duration.ofHours(2)), ProvisioningMode.UPDATE);
		assertThat(result.action()).isEqualTo(Action.UPDATED);
		assertThat(result.differences()).containsExactly(new Difference("max-age", "PT1H", "PT2H"));
		StreamConfiguration now = config("AF_TEST");
		assertThat(now.getMaxAge()).isEqualTo(Duration.ofHours(2));
		assertThat(now.getSubjects()).containsExactlyInAnyOrder("test.*", "added.*");
		assertThat(now.getDescription()).isEqualTo("mine");
	}

	@Test
	void leavesWhatDiffersWhenItMayOnlyCreate() throws Exception {
		provision(SPEC, ProvisioningMode.CREATE);
		StreamResult result = provision(SPEC.withMaxBytes(2 << 20), ProvisioningMode.CREATE);
		assertThat(result.action()).isEqualTo(Action.LEFT_DIFFERENT);
		assertThat(config("AF_TEST").getMaxBytes()).isEqualTo(1 << 20);
	}

	@Test
	void failsWithTheDifferencesWhenItMayChangeNothing() {
		assertThatExceptionOfType(StreamProvisioningException.class)
			.isThrownBy(() -> provision(SPEC, ProvisioningMode.VALIDATE))
			.withMessageContaining("AF_TEST does not exist");
		provision(SPEC, ProvisioningMode.CREATE);
		StreamSpec other = SPEC.withMaxBytes(2 << 20).withSubjects(List.of("test.*", "more.*"));
		assertThatExceptionOfType(StreamProvisioningException.class)
			.isThrownBy(() -> provision(other, ProvisioningMode.VALIDATE))
			.withMessageContaining("max-bytes is 1048576, wanted 2097152")
			.withMessageContaining("more.*")
			.withMessageContaining("af.bus.streams.messages");
	}

	@Test
	void asksNothingWhenItMayNotEvenLook() throws Exception {
		assertThat(StreamProvisioner.of(bus).provision(StreamTopology.defaults(), ProvisioningMode.NONE)).isEmpty();
		assertThat(api().getStreamNames()).isEmpty();
	}

	@Test
	void namesThePropertyThatCannotBeChanged() {
		provision(SPEC, ProvisioningMode.CREATE);
		assertFails(SPEC.withStorage(StreamSpec.Storage.MEMORY), "af.bus.streams.messages.storage", "storage is file");
	}

	@Test
	void namesThePropertyOfSubjectsThatOverlap() {
		provision(SPEC, ProvisioningMode.CREATE);
		assertFails(StreamSpec.of("AF_OTHER", "test.a").withGroup("tools"), "af.bus.streams.tools.subjects", "10065");
	}

	@Test
	void namesThePropertyOfTooManyReplicas() {
		assertFails(SPEC.withReplicas(3), "af.bus.streams.messages.replicas", "3 replicas");
	}

	@Test
	void namesTheBytesThatAreNotThere() {
		assertFails(SPEC.withMaxBytes(10L << 30), "af.bus.streams.messages.max-bytes", Long.toString(10L << 30));
	}

	@Test
	void refusesAStreamThatConfirmsBeforeItWrites() throws Exception {
		api().addStream(StreamConfiguration.builder()
			.name("AF_TEST")
			.subjects("test.*")
			.persistMode(io.nats.client.api.PersistMode.Async)
			.build());
		assertThatExceptionOfType(StreamProvisioningException.class)
			.isThrownBy(() -> provision(SPEC, ProvisioningMode.UPDATE))
			.withMessageContaining("persist mode async");
	}

	@Test
	void saysThatTheServerHasNoJetStream() {
		try (NatsServer plain = NatsServer.builder().jetStream(false).start();
				BusConnection other = BusConnection.connect(ConnectionSettings.of(plain.url()))) {
			assertThatExceptionOfType(StreamProvisioningException.class)
				.isThrownBy(() -> StreamProvisioner.of(other)
					.provision(new StreamTopology(List.of(SPEC)), ProvisioningMode.UPDATE))
				.withMessageContaining("no JetStream");
		}
	}

	@Test
	void letsTwoApplicationsWithOtherSettingsStartTogether() throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(2);
		try (BusConnection second = BusConnection.connect(ConnectionSettings.of(server.url()))) {
			for (int round = 0; round < 50; round++) {
				if (round % 2 == 1) {
					provision(SPEC, ProvisioningMode.CREATE);
				}
				StreamTopology one = new StreamTopology(List.of(SPEC.withSubjects(List.of("test.*", "one.*"))));
				StreamTopology two = new StreamTopology(
						List.of(SPEC.withSubjects(List.of("test.*", "two.*")).withMaxBytes(2 << 20)));
				List<Callable<List<StreamResult>>> starts = List.of(
						() -> StreamProvisioner.of(bus).provision(one, ProvisioningMode.UPDATE),
						() -> StreamProvisioner.of(second).provision(two, ProvisioningMode.UPDATE));
				List<StreamResult> results = new ArrayList<>();
				for (Future<List<StreamResult>> start : pool.invokeAll(starts)) {
					results.addAll(start.get());
				}
				// Whoever has overwritten something says what, and nobody's subjects are
				// gone.
				assertThat(results).extracting(StreamResult::action)
					.contains((round % 2 == 0) ? Action.CREATED : Action.UPDATED)
					.doesNotContain(Action.LEFT_DIFFERENT);
				results.stream()
					.filter((result) -> result.action() == Action.UPDATED)
					.forEach((result) -> assertThat(result.differences()).isNotEmpty());
				assertThat(config("AF_TEST").getSubjects()).containsExactlyInAnyOrder("test.*", "one.*", "two.*");
				api().deleteStream("AF_TEST");
			}
		}
		finally {
			pool.shutdownNow();
		}
	}

	@Test
	void provisionsADurableConsumer() throws Exception {
		provision(SPEC, ProvisioningMode.CREATE);
		ConsumerProvisioner consumers = ConsumerProvisioner.of(bus);
		ConsumerConfiguration wanted = ConsumerConfiguration.builder()
			.durable("worker")
			.filterSubject("test.a")
			.ackWait(Duration.ofSeconds(30))
			.maxAckPending(1000)
			.build();
		assertThat(consumers.provision("AF_TEST", wanted, ProvisioningMode.UPDATE).action()).isEqualTo(Action.CREATED);
		assertThat(consumers.provision("AF_TEST", wanted, ProvisioningMode.UPDATE).action())
			.isEqualTo(Action.UNCHANGED);
		ConsumerConfiguration slower = ConsumerConfiguration.builder(wanted).ackWait(Duration.ofSeconds(60)).build();
		assertThatExceptionOfType(StreamProvisioningException.class)
			.isThrownBy(() -> consumers.provision("AF_TEST", slower, ProvisioningMode.VALIDATE))
			.withMessageContaining("ack-wait is PT30S, wanted PT1M");
		StreamResult result = consumers.provision("AF_TEST", slower, ProvisioningMode.UPDATE);
		assertThat(result.action()).isEqualTo(Action.UPDATED);
		assertThat(api().getConsumerInfo("AF_TEST", "worker").getConsumerConfiguration().getAckWait())
			.isEqualTo(Duration.ofSeconds(60));
	}

	@Test
	void saysThatAConsumerCannotBeChanged() {
		provision(SPEC, ProvisioningMode.CREATE);
		ConsumerProvisioner consumers = ConsumerProvisioner.of(bus);
		ConsumerConfiguration wanted = ConsumerConfiguration.builder().durable("worker").build();
		consumers.provision("AF_TEST", wanted, ProvisioningMode.UPDATE);
		ConsumerConfiguration other = ConsumerConfiguration.builder()
			.durable("worker")
			.deliverPolicy(DeliverPolicy.New)
			.build();
		assertThatExceptionOfType(StreamProvisioningException.class)
			.isThrownBy(() -> consumers.provision("AF_TEST", other, ProvisioningMode.UPDATE))
			.withMessageContaining("deliver-policy")
			.withMessageContaining("another durable name");
	}

	private static void assertFails(StreamSpec spec, String property, String words) {
		assertThatExceptionOfType(StreamProvisioningException.class)
			.isThrownBy(() -> provision(spec, ProvisioningMode.UPDATE))
			.withMessageContaining(spec.name())
			.withMessageContaining(property)
			.withMessageContaining(words)
			.satisfies((failure) -> assertThat(failure.property()).isEqualTo(property));
	}

	private static StreamResult provision(StreamSpec spec, ProvisioningMode mode) {
		return StreamProvisioner.of(bus).provision(new StreamTopology(List.of(spec)), mode).get(0);
	}

	private static StreamConfiguration config(String stream) throws Exception {
		return api().getStreamInfo(stream).getConfiguration();
	}

	private static JetStreamManagement api() throws Exception {
		return bus.current().jetStreamManagement();
	}

}
