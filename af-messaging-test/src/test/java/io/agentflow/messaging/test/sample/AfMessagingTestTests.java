package io.agentflow.messaging.test.sample;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.deadletter.DeadLetterQuery;
import io.agentflow.messaging.deadletter.DeadLetters;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.test.AfMessages;
import io.agentflow.messaging.test.AfMessagingTest;
import io.agentflow.messaging.test.AwaitedDelivery;
import io.agentflow.messaging.test.PublishedMessages;
import io.agentflow.messaging.test.RecordedDeliveries;
import io.agentflow.messaging.test.server.NatsServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@AfMessagingTest(properties = "spring.application.name=slice")
class AfMessagingTestTests {

	@Autowired
	private ApplicationContext context;

	@Autowired
	private AfPublisher publisher;

	@Autowired
	private EnvelopeCodec codec;

	@Autowired
	private BusConnection connection;

	@Autowired
	private Greeter greeter;

	@Autowired
	private NatsServer server;

	@Autowired
	private PublishedMessages published;

	@Autowired
	private RecordedDeliveries deliveries;

	@Test
	void hasTheListenersAndNothingElse() {
		assertThat(this.context.getBeansOfType(Unrelated.class)).isEmpty();
		assertThat(this.connection.status().server()).isEqualTo("127.0.0.1:" + this.server.port());
	}

	@Test
	void deliversToTheListenerAndShowsItsReply() throws Exception {
		AfMessage<String> request = AfMessages.request("greeter", "Ada");
		this.publisher.publish(Subjects.agentIn("greeter"), request);
		assertThat(this.greeter.names().poll(20, TimeUnit.SECONDS)).isEqualTo("Ada");
		AfMessage<JsonNode> reply = this.published.await("agents.test.in", 1).get(0);
		assertThat(reply.payload().stringValue()).isEqualTo("Hello Ada");
		assertThat(reply.correlationId()).isEqualTo(request.id());
		assertThat(reply.workflowId()).isEqualTo("test-workflow");
	}

	@Test
	void waitsForDeliveriesAndTellsWhichThereWere() {
		AfMessage<String> event = AfMessages.event("greeter", "Grace");
		this.publisher.publish(Subjects.agentIn("greeter"), event);
		AwaitedDelivery.assertThat(this.deliveries).of(event).to("greeter").isHandled().isHandledAtAttempt(1);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> AwaitedDelivery.assertThat(this.deliveries)
				.of(event)
				.within(Duration.ofMillis(100))
				.isHandledAtAttempt(2))
			.withMessageContaining("handled at attempt 2")
			.withMessageContaining(event.id());
		assertThat(this.greeter.names().remove("Grace")).isTrue();
	}

	@Test
	void makesMessagesThatAreRefused() throws Exception {
		byte[] good = this.codec.encode(AfMessages.event("greeter", "Bob")).bytes();
		byte[][] bad = { AfMessages.tampered(good, "\"Bob\"", "\"Eve\""), AfMessages.wrongHash(good) };
		for (byte[] bytes : bad) {
			this.connection.current().jetStream().publish("agents.greeter.in", bytes);
		}
		DeadLetters letters = this.context.getBean(DeadLetters.class);
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			try (var found = letters.find(DeadLetterQuery.all().withReason(FailureReason.HASH))) {
				assertThat(found.toList()).hasSize(2);
			}
		});
		AwaitedDelivery.assertThat(this.deliveries).to("greeter").isDeadLettered(FailureReason.HASH);
		assertThat(this.greeter.names()).doesNotContain("Bob", "Eve");
		assertThatIllegalArgumentException().isThrownBy(() -> AfMessages.tampered(good, "absent", ""));
		assertThat(new String(good, StandardCharsets.UTF_8)).contains("Bob");
	}

}
