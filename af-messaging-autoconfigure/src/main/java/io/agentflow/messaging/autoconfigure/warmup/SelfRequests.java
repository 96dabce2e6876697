package io.agentflow.messaging.autoconfigure.warmup;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.observation.ObservationRegistry;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.PurgeOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.deadletter.DeadLetterWriter;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.listener.ListenerSettings;
import io.agentflow.messaging.listener.ListenerSpec;
import io.agentflow.messaging.observation.CurrentTrace;
import io.agentflow.messaging.observation.MessageObservations;
import io.agentflow.messaging.observation.MessageTimes;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.stream.ProvisioningMode;
import io.agentflow.messaging.stream.StreamProvisioner;
import io.agentflow.messaging.stream.StreamSpec;
import io.agentflow.messaging.stream.StreamSpec.Storage;
import io.agentflow.messaging.stream.StreamTopology;

/**
 * Requests of an application to itself over a stream in the broker's memory: each is
 * published, delivered, answered, and its response delivered, by the code that real
 * messages take, with a publisher and listeners of its own, so that they are in no
 * metric, trace, health or handler of the application.
 */
class SelfRequests {

	/** The stream: one for all applications of an account, empty between warm-ups. */
	static final String STREAM = "AF_WARM_UP";

	private static final Logger logger = LoggerFactory.getLogger(SelfRequests.class);

	private static final StreamTopology TOPOLOGY = new StreamTopology(List.of(StreamSpec.of(STREAM, "warmup.*.*")
		.withStorage(Storage.MEMORY)
		.withMaxAge(Duration.ofMinutes(1))
		.withMaxBytes(16 << 20)));

	private static final int IN_FLIGHT = 20;

	private static final String PAYLOAD = "A payload as long as an agent's message often is. ".repeat(20);

	private final BusConnection bus;

	private final EnvelopeCodec codec;

	private final CurrentTrace trace;

	SelfRequests(BusConnection bus, EnvelopeCodec codec, CurrentTrace trace) {
		this.bus = bus;
		this.codec = codec;
		this.trace = trace;
	}

	/**
	 * Sends requests until enough are answered or the time is up, and tidies up.
	 * @return requests answered
	 */
	int run(int messages, Duration timeLimit) throws InterruptedException {
		StreamProvisioner.of(this.bus).provision(TOPOLOGY, ProvisioningMode.CREATE);
		Round round = new Round(messages);
		MessageObservations light = MessageObservations.light(this.trace, MessageTimes.NONE, MessageObservations.NONE,
				ObservationRegistry.NOOP);
		try (AfPublisher publisher = AfPublisher.builder(this.bus, this.codec)
			.topology(TOPOLOGY)
			.observations(light)
			.build();
				AfListenerRegistry listeners = AfListenerRegistry
					.builder(this.bus, this.codec, publisher, DeadLetterWriter.to(publisher.raw()))
					.topology(TOPOLOGY)
					.settings(ListenerSettings.defaults("warmup"))
					.observations(light)
					.build()) {
			round.listen(listeners, publisher);
			listeners.start();
			round.begin(publisher);
			round.await(timeLimit);
		}
		finally {
			round.tidyUp();
		}
		return Math.min(round.answered.get(), messages);
	}

	/**
	 * One warm-up, with subjects and consumers that no other application uses.
	 */
	private final class Round {

		private final String token = UUID.randomUUID().toString();

		private final int messages;

		private final AtomicInteger sent = new AtomicInteger();

		private final AtomicInteger answered = new AtomicInteger();

		private final CountDownLatch done = new CountDownLatch(1);

		Round(int messages) {
			this.messages = messages;
		}

		void listen(AfListenerRegistry listeners, AfPublisher publisher) {
			listeners.register(ListenerSpec.builder("request", subject("request"))
				.durable(durable("request"))
				.handler((request, delivery) -> request.payload()));
			listeners.register(ListenerSpec.builder("response", subject("response"))
				.durable(durable("response"))
				.handler((response, delivery) -> {
					if (this.answered.incrementAndGet() >= this.messages) {
						this.done.countDown();
					}
					send(publisher);
					return null;
				}));
		}

		void begin(AfPublisher publisher) {
			for (int i = 0; i < IN_FLIGHT; i++) {
				send(publisher);
			}
		}

		void await(Duration timeLimit) throws InterruptedException {
			boolean all = this.done.await(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
			this.sent.set(this.messages);
			if (!all) {
				logger.debug("The warm-up's time was up after {} of {} requests", this.answered, this.messages);
			}
		}

		void tidyUp() {
			try {
				JetStreamManagement management = SelfRequests.this.bus.current().jetStreamManagement();
				for (String side : List.of("request", "response")) {
					management.deleteConsumer(STREAM, durable(side));
					management.purgeStream(STREAM, PurgeOptions.subject(subject(side)));
				}
			}
			catch (IOException | JetStreamApiException | RuntimeException ex) {
				logger.debug("Something of the warm-up is left on stream {}", STREAM, ex);
			}
		}

		private void send(AfPublisher publisher) {
			if (this.sent.getAndIncrement() < this.messages) {
				publisher.publishAsync(subject("request"),
						AfMessage.request("warm-up", "warm-up")
							.agentId("warm-up")
							.replyTo(subject("response"))
							.payload(new Payload(this.sent.get(), PAYLOAD))
							.build());
			}
		}

		private String subject(String side) {
			return "warmup." + this.token + "." + side;
		}

		private String durable(String side) {
			return "warmup_" + this.token + "_" + side;
		}

	}

	/**
	 * What is sent and comes back.
	 *
	 * @param number counts the requests
	 * @param text a text
	 */
	record Payload(int number, String text) {
	}

}
