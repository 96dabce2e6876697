package io.agentflow.messaging.publish;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.nats.client.Message;
import io.nats.client.RequestFailureException;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.impl.Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.BusCredentials;
import io.agentflow.messaging.connection.ConnectionSettings;
import io.agentflow.messaging.deadletter.DeadLetterWriter;
import io.agentflow.messaging.deadletter.ParkedMessages;
import io.agentflow.messaging.stream.ConsumerProvisioner;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.stream.StreamProvisioner;
import io.agentflow.messaging.stream.StreamProvisioningException;
import io.agentflow.messaging.stream.StreamTopology;
import io.agentflow.messaging.test.server.NatsServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The permissions that docs/security.md gives, in use: enough to work, and no more.
 */
class PermissionTemplateTests {

	private static NatsServer server;

	private static PublishFixture app;

	@BeforeAll
	static void start() throws Exception {
		try (InputStream template = BusConnection.class.getResourceAsStream("permissions.conf")) {
			server = NatsServer.builder().config(new String(template.readAllBytes(), StandardCharsets.UTF_8)).start();
		}
		try (BusConnection provisioner = BusConnection.connect(settings("provisioner", "p1"))) {
			StreamTopology small = new StreamTopology(
					StreamTopology.defaults().streams().stream().map((spec) -> spec.withMaxBytes(1 << 24)).toList());
			StreamProvisioner.of(provisioner).provision(small.with(small.advisories()), ProvisioningMode.UPDATE);
			ConsumerProvisioner.of(provisioner)
				.provision(StreamTopology.ADVISORIES,
						ConsumerConfiguration.builder()
							.durable(ParkedMessages.DURABLE)
							.ackPolicy(AckPolicy.Explicit)
							.build(),
						ProvisioningMode.UPDATE);
		}
		provisionWorker(-1);
		app = PublishFixture.connect(settings("app", "p2"), PublishSettings.DEFAULT);
	}

	private static void provisionWorker(int maxDeliver) {
		try (BusConnection provisioner = BusConnection.connect(settings("provisioner", "p1"))) {
			ConsumerProvisioner.of(provisioner)
				.provision("AF_MESSAGES",
						ConsumerConfiguration.builder()
							.durable("worker")
							.filterSubject("agents.worker.in")
							.maxDeliver(maxDeliver)
							.build(),
						ProvisioningMode.UPDATE);
		}
	}

	@AfterAll
	static void stop() {
		app.close();
		server.close();
	}

	@Test
	void letsTheApplicationPublishConsumeRejectAndDeadLetter() throws Exception {
		AfMessage<?> message = PublishFixture.event(1);
		app.publisher.publish("agents.worker.in", message);
		Message first = next();
		first.nak();
		Message again = next();
		assertThat(again.metaData().deliveredCount()).isEqualTo(2);
		again.inProgress();
		PublishReceipt dead = app.publisher.raw()
			.publish(Subjects.deadLetter("agents.worker.in"), new Headers(), again.getData(), "dead-1")
			.get(5, TimeUnit.SECONDS);
		assertThat(dead.stream()).isEqualTo("AF_DEAD_LETTERS");
		again.ackSync(Duration.ofSeconds(2));
		AfMessage<?> other = PublishFixture.event(2).toBuilder().id(message.id()).build();
		assertThatExceptionOfType(PublishConflictException.class)
			.isThrownBy(() -> app.publisher.publish("agents.worker.in", other));
	}

	@Test
	void letsTheApplicationKeepWhatTheBrokerHasStoppedToDeliver() throws Exception {
		provisionWorker(1);
		ParkedMessages.Net net = new ParkedMessages.Net(StreamTopology.defaults().advisories(), ProvisioningMode.NONE,
				(givenUp) -> {
				});
		try (ParkedMessages parked = ParkedMessages.create(app.connection, net, app.codec,
				DeadLetterWriter.to(app.publisher.raw()))) {
			parked.start();
			app.publisher.publish("agents.worker.in", PublishFixture.event(3));
			next().nak();
			// The broker looks at what was given back when it is asked for more.
			assertThat(app.connection.current().getConsumerContext("AF_MESSAGES", "worker").next(1000)).isNull();
			await().atMost(Duration.ofSeconds(20)).until(() -> parked.status().kept() == 1);
		}
		finally {
			provisionWorker(-1);
		}
	}

	@Test
	void letsARequesterGetItsResponse() throws Exception {
		try (PublishFixture requester = PublishFixture.connect(settings("requester", "p3"), PublishSettings.DEFAULT);
				AfPublisherTests.Responder responder = new AfPublisherTests.Responder(app, "AF_MESSAGES", "worker")) {
			CompletableFuture<AfMessage<Object>> response = requester.publisher.request("agents.worker.in",
					AfMessage.request("requester", "worker").payload(java.util.Map.of("n", 1)).build(),
					new ParameterizedTypeReference<Object>() {
					}, Duration.ofSeconds(10));
			assertThat(response.get(10, TimeUnit.SECONDS).payload()).hasToString("{n=2}");
			assertThat(responder.handled()).isEqualTo(1);
		}
	}

	@Test
	void refusesForeignSubjectsAtOnce() {
		for (String subject : List.of("billing.invoices", "agents.a.b.c")) {
			assertThatExceptionOfType(PublishRejectedException.class)
				.isThrownBy(() -> app.publisher.publish(subject, PublishFixture.event(1)))
				.withMessageContaining("permission");
		}
	}

	@Test
	void refusesToDeleteOrChangeAStream() {
		assertThatExceptionOfType(RequestFailureException.class)
			.isThrownBy(() -> app.connection.current().jetStreamManagement().deleteStream("AF_MESSAGES"));
		assertThatExceptionOfType(StreamProvisioningException.class)
			.isThrownBy(() -> StreamProvisioner.of(app.connection)
				.provision(StreamTopology.defaults(), ProvisioningMode.UPDATE))
			.withMessageContaining("permission")
			.withMessageContaining("af.bus.provisioning=none");
	}

	private static Message next() throws Exception {
		Message message = app.connection.current().getConsumerContext("AF_MESSAGES", "worker").next(5000);
		assertThat(message).isNotNull();
		return message;
	}

	private static ConnectionSettings settings(String user, String password) {
		return PublishFixture.settings(server.url())
			.withCredentials(BusCredentials.userPassword(() -> user, password::toCharArray))
			.withInboxPrefix("_INBOX_" + user + ".");
	}

}
