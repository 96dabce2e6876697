package io.agentflow.messaging.connection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.agentflow.messaging.connection.BusStatus.State;
import io.agentflow.messaging.test.server.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class BusConnectionTests {

	private static final ReconnectPolicy FAST = ReconnectPolicy.DEFAULT.withFirstDelay(Duration.ofMillis(50))
		.withMaxDelay(Duration.ofMillis(200));

	private NatsServer server = NatsServer.start();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void tellsWhatItIsConnectedTo() {
		try (BusConnection bus = BusConnection.connect(settings().withName("billing"))) {
			assertThat(bus.status().state()).isEqualTo(State.CONNECTED);
			assertThat(bus.status().server()).isEqualTo("127.0.0.1:" + this.server.port());
			assertThat(bus.status().serverVersion()).isEqualTo(this.server.version());
			assertThat(bus.status().connects()).isEqualTo(1);
			assertThat(bus.current().getOptions().getConnectionName()).isEqualTo("billing");
		}
	}

	@Test
	void failsWithTheServersAndWhatToDoWhenNobodyIsThere() {
		this.server.stop();
		List<Long> times = new CopyOnWriteArrayList<>();
		ConnectionSettings settings = settings().withReconnect(FAST.withMaxAttempts(2));
		times.add(System.nanoTime());
		assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> BusConnection.connect(settings))
			.withMessageContaining("127.0.0.1:" + this.server.port())
			.withMessageContaining("3 attempts")
			.withMessageContaining("refused")
			.withMessageContaining("Start nats-server");
	}

	@Test
	void waitsInTheBackgroundForAServer() {
		this.server.stop();
		RecordingListener listener = new RecordingListener();
		try (BusConnection bus = BusConnection.connect(settings().withStartup(StartupPolicy.BACKGROUND), listener)) {
			assertThat(bus.status().state()).isEqualTo(State.CONNECTING);
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(bus::current);
			await().until(() -> bus.status().lastError() != null);
			this.server.restart();
			await().until(() -> bus.status().isConnected());
			assertThat(listener.events).containsExactly("connected");
		}
	}

	@Test
	void closesWhileItWaitsForAServer() {
		this.server.stop();
		BusConnection bus = BusConnection.connect(settings().withStartup(StartupPolicy.BACKGROUND));
		bus.close();
		assertThat(bus.status().state()).isEqualTo(State.CLOSED);
		await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
			.noneMatch((t) -> t.getName().equals("af-bus-connect")));
	}

	@Test
	void reconnectsAndTellsItsListenersInOrder() {
		RecordingListener listener = new RecordingListener();
		try (BusConnection bus = BusConnection.connect(settings(), listener)) {
			Connection first = bus.current();
			this.server.kill();
			await().until(() -> bus.status().state() == State.RECONNECTING);
			assertThat(bus.status().server()).isNull();
			this.server.restart();
			await().until(() -> bus.status().isConnected());
			assertThat(bus.current()).isSameAs(first);
			assertThat(bus.status().connects()).isEqualTo(2);
			assertThat(listener.events).containsExactly("connected", "disconnected", "reconnected");
		}
	}

	@Test
	void tellsALateListenerOfTheConnectionThatIsUp() {
		try (BusConnection bus = BusConnection.connect(settings())) {
			RecordingListener late = new RecordingListener();
			bus.addListener(late);
			assertThat(late.events).containsExactly("connected");
			bus.removeListener(late);
			this.server.kill();
			await().until(() -> !bus.status().isConnected());
			assertThat(late.events).containsExactly("connected");
		}
	}

	@Test
	void isNotHurtByAListenerThatThrows() {
		RecordingListener second = new RecordingListener();
		BusListener throwing = new BusListener() {
			@Override
			public void connected(Connection connection) {
				throw new IllegalStateException("thrown on purpose");
			}
		};
		try (BusConnection bus = BusConnection.connect(settings(), throwing, second)) {
			assertThat(second.events).containsExactly("connected");
		}
	}

	@Test
	void buildsANewConnectionWhenTheClientGivesOneUp() {
		String locked = "authorization { user: app, password: other }";
		RecordingListener listener = new RecordingListener();
		this.server.close();
		this.server = NatsServer.builder().config("authorization { user: app, password: first }").start();
		try (BusConnection bus = BusConnection.connect(
				settings().withCredentials(BusCredentials.userPassword(() -> "app", "first"::toCharArray)), listener)) {
			Connection first = bus.current();
			// The same refusal twice closes the client's connection for ever.
			this.server.restart(locked);
			await().atMost(Duration.ofSeconds(20)).until(() -> first.getStatus() == Connection.Status.CLOSED);
			assertThat(bus.status().state()).isEqualTo(State.RECONNECTING);
			this.server.restart("authorization { user: app, password: first }");
			await().atMost(Duration.ofSeconds(10)).until(() -> bus.status().isConnected());
			assertThat(bus.current()).isNotSameAs(first);
			assertThat(listener.events).containsExactly("connected", "disconnected", "connected");
		}
	}

	@Test
	void usesRotatedCredentialsWithoutARestart() {
		AtomicReference<String> password = new AtomicReference<>("one");
		this.server.close();
		this.server = NatsServer.builder().config("authorization { user: app, password: one }").start();
		try (BusConnection bus = BusConnection.connect(settings()
			.withCredentials(BusCredentials.userPassword(() -> "app", () -> password.get().toCharArray())))) {
			password.set("two");
			this.server.restart("authorization { user: app, password: two }");
			await().atMost(Duration.ofSeconds(10))
				.until(() -> bus.status().isConnected() && bus.status().connects() > 1);
		}
	}

	@Test
	void givesUpEarlyOnCredentialsThatAreRefused() {
		this.server.close();
		this.server = NatsServer.builder().config("authorization { token: right }").start();
		ConnectionSettings wrong = settings().withCredentials(BusCredentials.token("wrong"::toCharArray));
		assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> BusConnection.connect(wrong))
			.withMessageContaining("2 attempts")
			.withMessageContaining("refuses the credentials")
			.withMessageContaining("Correct the credentials")
			.withMessageNotContaining("wrong");
		BusConnection.connect(settings().withCredentials(BusCredentials.token("right"::toCharArray))).close();
	}

	@Test
	void takesUserInformationFromTheUrlAndShowsItNowhere() {
		this.server.close();
		this.server = NatsServer.builder().config("authorization { user: app, password: \"s3cr+t@\" }").start();
		ConnectionSettings settings = ConnectionSettings.of("nats://app:s3cr+t%40@127.0.0.1:" + this.server.port())
			.withReconnect(FAST.withMaxAttempts(0));
		try (BusConnection bus = BusConnection.connect(settings)) {
			assertThat(
					bus.status().toString() + settings + bus.current().getServers() + bus.current().getConnectedUrl())
				.doesNotContain("s3cr");
		}
		this.server.stop();
		assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> BusConnection.connect(settings))
			.satisfies((failure) -> assertThat(org.assertj.core.util.Throwables.getStackTrace(failure))
				.doesNotContain("s3cr"));
	}

	@Test
	void signsTheChallengeWithAnNKey() throws Exception {
		io.nats.client.NKey key = io.nats.client.NKey.createUser(new java.security.SecureRandom());
		this.server.close();
		this.server = NatsServer.builder()
			.config("authorization { users: [ { nkey: " + new String(key.getPublicKey()) + " } ] }")
			.start();
		char[] seed = key.getSeed();
		try (BusConnection bus = BusConnection.connect(settings().withCredentials(BusCredentials.nkey(seed::clone)))) {
			assertThat(bus.status().isConnected()).isTrue();
		}
	}

	@Test
	void keepsSubscriptionsWhenItIsToldToReconnect() {
		try (BusConnection bus = BusConnection.connect(settings())) {
			List<String> received = new CopyOnWriteArrayList<>();
			Dispatcher dispatcher = bus.current().createDispatcher((message) -> received.add(message.getSubject()));
			dispatcher.subscribe("probe");
			bus.reconnect();
			await().until(() -> bus.status().isConnected() && bus.status().connects() == 2);
			bus.current().publish("probe", new byte[0]);
			await().untilAsserted(() -> assertThat(received).containsExactly("probe"));
		}
	}

	@Test
	void leavesNoThreadsBehind() {
		BusConnection.connect(settings()).close();
		long before = threads();
		for (int i = 0; i < 20; i++) {
			BusConnection.connect(settings()).close();
		}
		await().untilAsserted(() -> assertThat(threads()).isLessThanOrEqualTo(before + 2));
	}

	@Test
	void leavesNoThreadsBehindWhenNobodyIsThere() {
		this.server.stop();
		long before = threads();
		assertThatExceptionOfType(NotConnectedException.class)
			.isThrownBy(() -> BusConnection.connect(settings().withReconnect(
					FAST.withMaxAttempts(20).withFirstDelay(Duration.ofMillis(1)).withMaxDelay(Duration.ofMillis(5)))));
		await().untilAsserted(() -> assertThat(threads()).isLessThanOrEqualTo(before + 2));
	}

	private static long threads() {
		return Thread.getAllStackTraces().keySet().stream().filter((t) -> t.getName().startsWith("nats")).count();
	}

	private ConnectionSettings settings() {
		return ConnectionSettings.of(this.server.url()).withReconnect(FAST);
	}

	private static final class RecordingListener implements BusListener {

		private final List<String> events = new CopyOnWriteArrayList<>();

		@Override
		public void connected(Connection connection) {
			this.events.add("connected");
		}

		@Override
		public void reconnected(Connection connection) {
			this.events.add("reconnected");
		}

		@Override
		public void disconnected(Connection connection) {
			this.events.add("disconnected");
		}

	}

}
