package io.agentflow.messaging.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.core.ParameterizedTypeReference;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.codec.DecodedMessage;
import io.agentflow.messaging.test.server.NatsServer;
import io.nats.client.ConsumeOptions;
import io.nats.client.MessageConsumer;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AfPublisherTests {

	private static final String SUBJECT = Subjects.agentIn("a1");

	private static NatsServer server;

	private static PublishFixture bus;

	@BeforeAll
	static void start() {
		server = NatsServer.start();
		bus = PublishFixture.connect(server.url()).withStreams();
	}

	@AfterAll
	static void stop() {
		bus.close();
		server.close();
	}

	@Test
	void returnsWhereTheMessageIsStored() throws Exception {
		AfMessage<?> message = PublishFixture.event(1);
		PublishReceipt receipt = bus.publisher.publish(SUBJECT, message);
		assertThat(receipt.stream()).isEqualTo("AF_MESSAGES");
		assertThat(receipt.messageId()).isEqualTo(message.id());
		assertThat(receipt.duplicate()).isFalse();
		MessageInfo stored = stored(receipt);
		assertThat(stored.getSubject()).isEqualTo(SUBJECT);
		DecodedMessage decoded = bus.codec.decode(stored.getData());
		assertThat(decoded.message().envelopeHash()).isEqualTo(receipt.envelopeHash());
		assertThat(decoded.message().id()).isEqualTo(message.id());
	}

	@Test
	void writesTheHeadersOfTheContract() throws Exception {
		AfMessage<?> message = PublishFixture.event(1);
		MessageInfo stored = stored(bus.publisher.publish(SUBJECT, message));
		Headers headers = stored.getHeaders();
		assertThat(headers.getFirst("Nats-Msg-Id")).isEqualTo(message.id());
		assertThat(headers.getFirst("Content-Type")).isEqualTo("application/json");
		assertThat(headers.getFirst("Af-Contract")).isEqualTo("1");
		AfMessage<?> decoded = bus.codec.decode(stored.getData()).message();
		assertThat(headers.getFirst("traceparent"))
			.isEqualTo("00-" + decoded.traceId() + "-" + decoded.spanId() + "-00");
	}

	@Test
	void keepsTheTraceThatAMessageBelongsTo() throws Exception {
		String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
		AfMessage<?> message = PublishFixture.event(1).toBuilder().traceId(trace).build();
		AfMessage<?> decoded = bus.codec.decode(stored(bus.publisher.publish(SUBJECT, message)).getData()).message();
		assertThat(decoded.traceId()).isEqualTo(trace);
		assertThat(decoded.spanId()).matches("[0-9a-f]{16}");
	}

	@Test
	void storesAMessageOnceHoweverOftenItIsPublished() {
		AfMessage<?> message = PublishFixture.event(1);
		PublishReceipt first = bus.publisher.publish(SUBJECT, message);
		PublishReceipt second = bus.publisher.publish(SUBJECT, message);
		assertThat(second.duplicate()).isTrue();
		assertThat(second.sequence()).isEqualTo(first.sequence());
	}

	@Test
	void tellsWhenAnotherMessageHasTheSameId() {
		AfMessage<?> message = PublishFixture.event(1);
		PublishReceipt first = bus.publisher.publish(SUBJECT, message);
		AfMessage<?> other = PublishFixture.event(2).toBuilder().id(message.id()).build();
		assertThatExceptionOfType(PublishConflictException.class)
			.isThrownBy(() -> bus.publisher.publish(SUBJECT, other))
			.withMessageContaining(message.id())
			.withMessageContaining("sequence " + first.sequence())
			.satisfies((conflict) -> assertThat(conflict.isRetryable()).isFalse());
	}

	@Test
	void refusesASubjectThatTheServerWouldTakeLiterally() {
		for (String subject : List.of("agents.*.in", "agents.a b.in", "agents..in", "agents.a\r\nPUB x 0.in", "")) {
			assertThatExceptionOfType(PublishRejectedException.class)
				.isThrownBy(() -> bus.publisher.publish(subject, PublishFixture.event(1)))
				.satisfies((rejection) -> assertThat(rejection.isRetryable()).isFalse());
		}
	}

	@Test
	void refusesAtOnceWhatNoStreamKeeps() {
		long start = System.nanoTime();
		assertThatExceptionOfType(PublishRejectedException.class)
			.isThrownBy(() -> bus.publisher.publish("elsewhere.a", PublishFixture.event(1)))
			.withMessageContaining("elsewhere.a")
			.withMessageContaining("no stream");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
	}

	@Test
	void refusesBeforeSendingWhatIsTooLargeWithItsHeaders() {
		long maxPayload = bus.connection.current().getMaxPayload();
		byte[] data = new byte[(int) maxPayload - 20];
		CompletableFuture<PublishReceipt> pending = bus.publisher.raw()
			.publish(SUBJECT, new Headers(), data, "large-1");
		assertThat(pending).failsWithin(Duration.ofSeconds(1))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(PublishRejectedException.class)
			.withMessageContaining("max_payload");
		assertThat(bus.connection.status().isConnected()).isTrue();
		assertThat(bus.connection.status().connects()).isEqualTo(1);
	}

	@Test
	void refusesAnInvalidMessageBeforeSending() {
		AfMessage<?> message = AfMessage.event("a", "b").payload(Map.of("n", Double.NaN)).build();
		assertThatExceptionOfType(PublishRejectedException.class)
			.isThrownBy(() -> bus.publisher.publish(SUBJECT, message))
			.withMessageContaining(message.id());
	}

	@Test
	void tellsTheOutcomeOfEachOfMany() {
		AfMessage<?> good = PublishFixture.event(1);
		AfMessage<?> bad = PublishFixture.event(2);
		List<PublishResult> results = bus.publisher
			.publishAll(List.of(new OutgoingMessage(SUBJECT, good), new OutgoingMessage("elsewhere.b", bad)));
		assertThat(results).hasSize(2);
		assertThat(results.get(0)).isInstanceOf(PublishResult.Stored.class);
		assertThat(results.get(0).messageId()).isEqualTo(good.id());
		assertThat(results.get(1)).isInstanceOf(PublishResult.Rejected.class);
		assertThat(results.get(1).messageId()).isEqualTo(bad.id());
	}

	@Test
	void neverHasMoreInFlightThanAllowed() {
		AtomicInteger highest = new AtomicInteger();
		try (PublishFixture bounded = PublishFixture.connect(server.url(),
				PublishSettings.DEFAULT.withMaxInFlight(8))) {
			List<CompletableFuture<PublishReceipt>> pending = new ArrayList<>();
			for (int i = 0; i < 2000; i++) {
				pending.add(bounded.publisher.publishAsync(SUBJECT, PublishFixture.event(i)));
				highest.accumulateAndGet(bounded.publisher.health().inFlight(), Math::max);
			}
			assertThat(CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new)))
				.succeedsWithin(Duration.ofSeconds(20));
		}
		assertThat(highest.get()).isBetween(1, 8);
	}

	@Test
	void publishesFromCompletionsWithoutWaitingForItself() {
		try (PublishFixture bounded = PublishFixture.connect(server.url(),
				PublishSettings.DEFAULT.withMaxInFlight(1))) {
			CompletableFuture<PublishReceipt> chain = bounded.publisher.publishAsync(SUBJECT, PublishFixture.event(0));
			for (int i = 1; i < 50; i++) {
				int number = i;
				chain = chain
					.thenCompose((receipt) -> bounded.publisher.publishAsync(SUBJECT, PublishFixture.event(number))
						.thenCombine(bounded.publisher.publishAsync(SUBJECT, PublishFixture.event(-number)),
								(first, second) -> second));
			}
			assertThat(chain).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	@Test
	void refusesToWaitForAReceiptWhereReceiptsAreDelivered() {
		// Frozen, so that the step is there before the receipt and does not run here.
		server.pause();
		CompletableFuture<PublishReceipt> chain = bus.publisher.publishAsync(SUBJECT, PublishFixture.event(0))
			.thenApply((receipt) -> bus.publisher.publish(SUBJECT, PublishFixture.event(1)));
		server.resume();
		assertThat(chain).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessageContaining("publishAsync");
	}

	@Test
	void completesARequestWithItsResponse() throws Exception {
		try (Responder responder = new Responder(bus, "answering")) {
			AfMessage<?> request = AfMessage.request("pinger", "answering").payload(Map.of("n", 41)).build();
			AfMessage<Map<String, Integer>> response = bus.publisher.request(Subjects.agentIn("answering"), request,
					new ParameterizedTypeReference<Map<String, Integer>>() {
					}, Duration.ofSeconds(10))
				.get(10, TimeUnit.SECONDS);
			assertThat(response.payload()).containsEntry("n", 42);
			assertThat(response.correlationId()).isEqualTo(request.id());
			assertThat(responder.handled()).isEqualTo(1);
		}
	}

	@Test
	void endsARequestThatNobodyAnswers() {
		CompletableFuture<AfMessage<Object>> response = bus.publisher.request(Subjects.agentIn("silent"),
				AfMessage.request("pinger", "silent").build(), new ParameterizedTypeReference<Object>() {
				}, Duration.ofMillis(300));
		assertThat(response).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(TimeoutException.class);
	}

	@Test
	void leavesNoConsumerOfResponsesBehind() throws Exception {
		String before = bus.connection.current().jetStreamManagement().getConsumerNames("AF_MESSAGES").toString();
		try (PublishFixture other = PublishFixture.connect(server.url())) {
			other.publisher.request(Subjects.agentIn("silent"), AfMessage.request("pinger", "silent").build(),
					new ParameterizedTypeReference<Object>() {
					}, Duration.ofSeconds(5));
			assertThat(bus.connection.current().jetStreamManagement().getConsumerNames("AF_MESSAGES").toString())
				.isNotEqualTo(before);
			other.publisher.close();
			org.awaitility.Awaitility.await()
				.untilAsserted(() -> assertThat(
						bus.connection.current().jetStreamManagement().getConsumerNames("AF_MESSAGES").toString())
					.isEqualTo(before));
		}
	}

	private static MessageInfo stored(PublishReceipt receipt) throws Exception {
		return bus.connection.current().jetStreamManagement().getMessage(receipt.stream(), receipt.sequence());
	}

	/**
	 * Answers each request with the number plus one.
	 */
	static final class Responder implements AutoCloseable {

		private final MessageConsumer consumer;

		private final AtomicInteger handled = new AtomicInteger();

		Responder(PublishFixture bus, String agent) throws Exception {
			this(bus, create(bus, agent), agent);
		}

		Responder(PublishFixture bus, String stream, String durable) throws Exception {
			this.consumer = bus.connection.current()
				.getConsumerContext(stream, durable)
				.consume(ConsumeOptions.DEFAULT_CONSUME_OPTIONS, (message) -> {
					AfMessage<tools.jackson.databind.JsonNode> request = bus.codec.decode(message.getData()).message();
					this.handled.incrementAndGet();
					bus.publisher
						.publishAsync(request.replyTo(),
								request.reply().payload(Map.of("n", request.payload().path("n").asInt() + 1)).build())
						.thenRun(message::ack);
				});
		}

		private static String create(PublishFixture bus, String agent) throws Exception {
			bus.connection.current()
				.jetStreamManagement()
				.addOrUpdateConsumer("AF_MESSAGES",
						ConsumerConfiguration.builder().durable(agent).filterSubject(Subjects.agentIn(agent)).build());
			return "AF_MESSAGES";
		}

		int handled() {
			return this.handled.get();
		}

		@Override
		public void close() throws Exception {
			// Unlike stop, this leaves no pull behind that takes the next test's message.
			this.consumer.close();
		}

	}

}
