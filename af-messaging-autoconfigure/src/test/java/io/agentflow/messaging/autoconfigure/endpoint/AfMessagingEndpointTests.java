package io.agentflow.messaging.autoconfigure.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.autoconfigure.AfMessagingAutoConfiguration;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.failure.PermanentFailureException;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.listener.ListenerStatus;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.publish.PublishReceipt;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@NatsTest(shared = false)
class AfMessagingEndpointTests {

	private ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AfMessagingAutoConfiguration.class, AfEndpointAutoConfiguration.class))
		.withUserConfiguration(Refusing.class)
		.withPropertyValues("spring.application.name=endpoint", "management.endpoints.web.exposure.include=afmessaging",
				"management.endpoints.jmx.exposure.exclude=*");

	@BeforeEach
	void point(NatsServer server) {
		this.runner = this.runner.withPropertyValues("af.bus.url=" + server.url());
	}

	@Test
	void showsStreamsConsumersAndListeners() {
		this.runner.run((context) -> {
			AfMessagingEndpoint endpoint = context.getBean(AfMessagingEndpoint.class);
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(endpoint.overview().consumers()).extracting(BusInventory.ConsumerView::name)
							.contains("endpoint_refusing"));
			AfMessagingEndpoint.Overview overview = endpoint.overview();
			assertThat(overview.connection().isConnected()).isTrue();
			assertThat(overview.streams()).extracting(BusInventory.StreamView::name)
				.containsExactly("AF_MESSAGES", "AF_TOOLS", "AF_SYSTEM", "AF_DEAD_LETTERS");
			assertThat(overview.listeners()).extracting(ListenerStatus::id).containsExactly("refusing");
			assertThat(endpoint.part("streams", null, null)).isInstanceOf(List.class);
			assertThat(endpoint.part("secrets", null, null)).isNull();
		});
	}

	@Test
	void pagesDeadLettersAndSendsThemAgain() {
		this.runner.run((context) -> {
			AfMessagingEndpoint endpoint = context.getBean(AfMessagingEndpoint.class);
			AfMessage<String> message = AfMessage.event("a", "b").payload("secret " + UUID.randomUUID()).build();
			AfPublisher publisher = context.getBean(AfPublisher.class);
			publisher.publish(Subjects.agentIn("refused"), message);
			publisher.publish(Subjects.agentIn("refused"), AfMessage.event("a", "b").build());
			List<DeadLetterSummary> letters = Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> deadLetters(endpoint, 0L, 10), (found) -> found.size() == 2);
			assertThat(letters.get(0).messageId()).isEqualTo(message.id());
			assertThat(letters.get(0).reason()).isEqualTo(FailureReason.PERMANENT);
			assertThat(letters.toString()).doesNotContain("secret");
			assertThat(deadLetters(endpoint, 0L, 1)).containsExactly(letters.get(0));
			assertThat(deadLetters(endpoint, letters.get(0).sequence(), 1)).containsExactly(letters.get(1));
			context.getBean(Refusing.class).refuse = false;
			Object receipt = endpoint.act("deadletters", Long.toString(letters.get(0).sequence()), "redrive");
			assertThat(receipt).isInstanceOf(PublishReceipt.class);
			assertThat(deadLetters(endpoint, 0L, 10)).containsExactly(letters.get(1));
			assertThat(endpoint.act("deadletters", "999999", "redrive")).isNull();
		});
	}

	@Test
	void pausesAndResumesListeners() {
		this.runner.run((context) -> {
			AfMessagingEndpoint endpoint = context.getBean(AfMessagingEndpoint.class);
			assertThat(((ListenerStatus) endpoint.act("listeners", "refusing", "pause")).state())
				.isEqualTo(ListenerStatus.State.PAUSED);
			endpoint.act("listeners", "refusing", "resume");
			Awaitility.await()
				.until(() -> endpoint.overview().listeners().get(0).state() == ListenerStatus.State.RUNNING);
			assertThat(endpoint.act("listeners", "unknown", "pause")).isNull();
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.act("listeners", "refusing", "explode"));
		});
	}

	@Test
	void isNotThereUnlessExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(AfMessagingEndpoint.class));
	}

	@SuppressWarnings("unchecked")
	private static List<DeadLetterSummary> deadLetters(AfMessagingEndpoint endpoint, Long after, Integer limit) {
		return (List<DeadLetterSummary>) endpoint.part("deadletters", after, limit);
	}

	static class Refusing {

		private volatile boolean refuse = true;

		@AfListener(id = "refusing", subject = "agents.refused.in")
		void on(AfMessage<Object> message) {
			if (this.refuse) {
				throw new PermanentFailureException("No");
			}
		}

	}

}
