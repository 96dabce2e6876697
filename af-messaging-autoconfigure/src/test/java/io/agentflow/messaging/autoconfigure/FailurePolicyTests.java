package io.agentflow.messaging.autoconfigure;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.deadletter.DeadLetter;
import io.agentflow.messaging.deadletter.DeadLetterQuery;
import io.agentflow.messaging.deadletter.DeadLetters;
import io.agentflow.messaging.failure.FailurePolicy;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

@NatsTest(shared = false)
class FailurePolicyTests {

	@Test
	void aBeanDecidesWhatIsPermanentAndPropertiesHowOftenTheRestIsTried(NatsServer server) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AfMessagingAutoConfiguration.class))
			.withBean(Failing.class)
			.withBean(FailurePolicy.class, () -> FailurePolicy.backoff(UnsupportedOperationException.class::isInstance))
			.withPropertyValues("spring.application.name=policy", "af.bus.url=" + server.url(),
					"af.bus.streams.messages.max-bytes=16MB", "af.bus.retry.initial-delay=20ms",
					"af.bus.retry.max-attempts=4")
			.run((context) -> {
				AfPublisher publisher = context.getBean(AfPublisher.class);
				publisher.publish("agents.policy.in", AfMessage.event("a", "b").payload("unsupported").build());
				publisher.publish("agents.policy.in", AfMessage.event("a", "b").payload("unlucky").build());
				DeadLetters letters = context.getBean(DeadLetters.class);
				await().atMost(Duration.ofSeconds(20)).until(() -> letters.count() == 2);
				try (Stream<DeadLetter> found = letters.find(DeadLetterQuery.all())) {
					assertThat(found).extracting(DeadLetter::reason, DeadLetter::attempts)
						.containsExactlyInAnyOrder(tuple(FailureReason.PERMANENT, 1L),
								tuple(FailureReason.ATTEMPTS_EXHAUSTED, 4L));
				}
				assertThat(context.getBean(Failing.class).calls).hasValue(5);
			});
	}

	static class Failing {

		final AtomicInteger calls = new AtomicInteger();

		@AfListener(subject = "agents.policy.in", id = "failing")
		void handle(String payload) {
			this.calls.incrementAndGet();
			throw payload.equals("unsupported") ? new UnsupportedOperationException() : new IllegalStateException();
		}

	}

}
