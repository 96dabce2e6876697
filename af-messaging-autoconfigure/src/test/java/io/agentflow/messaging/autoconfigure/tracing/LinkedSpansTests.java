package io.agentflow.messaging.autoconfigure.tracing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.autoconfigure.tracing.OtlpReceiver.ReceivedSpan;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.listener.ListenerSpec;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.replay.AfReplay;
import io.agentflow.messaging.replay.ReplayRequest;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

@NatsTest(shared = false)
class LinkedSpansTests {

	private OtlpReceiver receiver;

	private ConfigurableApplicationContext application;

	private AfPublisher publisher;

	@BeforeEach
	void start(NatsServer server) throws Exception {
		this.receiver = new OtlpReceiver();
		SpringApplication starter = new SpringApplication(Application.class);
		starter.setWebApplicationType(WebApplicationType.NONE);
		starter.setRegisterShutdownHook(false);
		this.application = starter.run("--spring.application.name=linked", "--af.bus.url=" + server.url(),
				"--af.otel.exporter.otlp.endpoint=" + this.receiver.endpoint(), "--af.trace.sample-rate=1.0",
				"--management.opentelemetry.tracing.export.schedule-delay=100ms",
				"--spring.docker.compose.enabled=false");
		this.publisher = this.application.getBean(AfPublisher.class);
	}

	@AfterEach
	void stop() {
		this.application.close();
		this.receiver.close();
		LoggingSystem.get(getClass().getClassLoader()).cleanUp();
		LoggingSystem.get(getClass().getClassLoader()).beforeInitialize();
	}

	@Test
	void linksAReplayToThePublishInsteadOfContinuingItsTrace() {
		for (int i = 0; i < 3; i++) {
			this.publisher.publish(Subjects.workflowIn("past"),
					AfMessage.event("a", "b").workflowId("past").payload(i).build());
		}
		this.application.getBean(AfReplay.class)
			.replay(ReplayRequest.forWorkflow("past"), (message, delivery) -> this.publisher
				.publish(Subjects.agentIn("nobody"), AfMessage.event("c", "d").build()));
		List<ReceivedSpan> replays = await("replay workflows.*.in", 3);
		List<ReceivedSpan> publishes = await("publish workflows.*.in", 3);
		assertThat(replays).flatExtracting(ReceivedSpan::links)
			.containsExactlyInAnyOrderElementsOf(publishes.stream().map(ReceivedSpan::spanId).toList());
		assertThat(replays).extracting(ReceivedSpan::traceId)
			.doesNotContainAnyElementsOf(publishes.stream().map(ReceivedSpan::traceId).toList());
		assertThat(replays).allSatisfy((replay) -> {
			assertThat(replay.parentId()).isEmpty();
			assertThat(replay.attributes()).containsEntry("messaging.operation.name", "replay")
				.containsEntry("agentflow.workflow.id", "past");
		});
		// What is published from there belongs to the replay.
		assertThat(await("publish agents.*.in", 3)).extracting(ReceivedSpan::parentId)
			.containsExactlyInAnyOrderElementsOf(replays.stream().map(ReceivedSpan::spanId).toList());
	}

	@Test
	void linksABatchToEachOfItsMessages() {
		CountDownLatch published = new CountDownLatch(1);
		this.application.getBean(AfListenerRegistry.class)
			.register(ListenerSpec.builder("batches", Subjects.agentIn("batch")).batchHandler(50, (messages) -> {
				published.await();
				if (messages.size() > 1) {
					this.publisher.publish(Subjects.workflowOut("batch"), AfMessage.event("c", "d").build());
				}
			}));
		IntStream.range(0, 10)
			.mapToObj((i) -> this.publisher.publishAsync(Subjects.agentIn("batch"),
					AfMessage.event("a", "b").payload(i).build()))
			.toList()
			.forEach(CompletableFuture::join);
		published.countDown();
		List<ReceivedSpan> processes = await("process agents.*.in", 10);
		List<ReceivedSpan> publishes = await("publish agents.*.in", 10);
		List<ReceivedSpan> batches = await("process batch agents.*.in", 1);
		assertThat(processes).extracting(ReceivedSpan::parentId)
			.containsExactlyInAnyOrderElementsOf(publishes.stream().map(ReceivedSpan::spanId).toList());
		for (ReceivedSpan batch : batches) {
			assertThat(batch.links()).hasSize(Integer.parseInt(batch.attributes().get("messaging.batch.message_count")))
				.hasSizeGreaterThan(1)
				.isSubsetOf(publishes.stream().map(ReceivedSpan::spanId).toList());
			assertThat(processes).extracting(ReceivedSpan::spanId).contains(batch.parentId());
			assertThat(await("publish workflows.*.out", batches.size())).extracting(ReceivedSpan::parentId)
				.contains(batch.spanId());
		}
	}

	private List<ReceivedSpan> await(String name, int atLeast) {
		return Awaitility.await(name)
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.receiver.spans().stream().filter((span) -> span.name().equals(name)).toList(),
					(spans) -> spans.size() >= atLeast);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
