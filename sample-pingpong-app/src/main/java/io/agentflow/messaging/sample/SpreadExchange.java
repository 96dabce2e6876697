package io.agentflow.messaging.sample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.PublishAck;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.listener.AfListenerRegistry;
import io.agentflow.messaging.listener.ListenerSpec;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.publish.PublishReceipt;
import io.agentflow.messaging.sample.harness.Exchange;
import io.agentflow.messaging.sample.harness.scaling.ScalingPoint;

/**
 * Messages one way, over any number of subjects and listeners, on a stream of its own
 * that holds any number of messages already and is deleted at the end.
 */
final class SpreadExchange implements Exchange {

	private static final String STREAM = "AF_PERF_SCALING";

	private static final int FILL_WINDOW = 1000;

	private final ConfigurableApplicationContext context;

	private final AfPublisher publisher;

	private final String token = UUID.randomUUID().toString().substring(0, 8);

	private final int subjects;

	private volatile @Nullable ResponseListener listener;

	private SpreadExchange(ConfigurableApplicationContext context, int subjects) {
		this.context = context;
		this.publisher = context.getBean(AfPublisher.class);
		this.subjects = subjects;
	}

	/**
	 * Starts an application, fills the stream and listens.
	 */
	static SpreadExchange open(ScalingPoint point) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(PingPongApplication.class)
			.web(WebApplicationType.NONE)
			.run("--pingpong.role=ponger", "--pingpong.autostart=false", "--spring.application.name=scaling",
					"--logging.level.root=WARN", "--af.bus.streams.additional[0].name=" + STREAM,
					"--af.bus.streams.additional[0].subjects=scaling.*.*");
		SpreadExchange exchange = new SpreadExchange(context, Math.max(point.subjects(), point.listeners()));
		exchange.fill(point.stored());
		AfListenerRegistry registry = context.getBean(AfListenerRegistry.class);
		for (int i = 0; i < point.listeners(); i++) {
			// One listener takes all subjects; several have one each.
			String subject = (point.listeners() == 1) ? "scaling." + exchange.token + ".*" : exchange.subject(i);
			registry.register(ListenerSpec.builder("scaling-" + i, subject)
				.durable("scaling_" + exchange.token + "_" + i)
				.handler((message, delivery) -> exchange.take(message)));
		}
		return exchange;
	}

	@Override
	public String name() {
		return "AgentFlow, one way";
	}

	@Override
	public void listen(@Nullable ResponseListener responses) {
		this.listener = responses;
	}

	@Override
	public CompletableFuture<String> send(int run, int sequence, String text) {
		AfMessage<Ping> message = AfMessage.event("scaling", "scaling").payload(new Ping(run, sequence, text)).build();
		return this.publisher.publishAsync(subject(sequence % this.subjects), message)
			.thenApply(PublishReceipt::envelopeHash);
	}

	@Override
	public void close() {
		try {
			this.context.getBean(AfListenerRegistry.class).stop();
			this.context.getBean(BusConnection.class).current().jetStreamManagement().deleteStream(STREAM);
		}
		catch (IOException | JetStreamApiException ex) {
			throw new IllegalStateException("Stream " + STREAM + " is left; delete it", ex);
		}
		finally {
			this.context.close();
		}
	}

	private @Nullable Object take(AfMessage<JsonNode> message) {
		ResponseListener responses = this.listener;
		JsonNode ping = message.payload();
		String hash = message.envelopeHash();
		if (responses != null && ping != null) {
			responses.received(ping.path("run").intValue(), ping.path("sequence").intValue(),
					(hash != null) ? hash : "", true);
		}
		return null;
	}

	private void fill(int messages) {
		try {
			JetStream stream = this.context.getBean(BusConnection.class).current().jetStream();
			byte[] body = new byte[200];
			List<CompletableFuture<PublishAck>> pending = new ArrayList<>(FILL_WINDOW);
			for (int i = 0; i < messages; i++) {
				pending.add(stream.publishAsync("scaling.fill.s" + i % 1000, body));
				if (pending.size() == FILL_WINDOW || i == messages - 1) {
					CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new)).join();
					pending.clear();
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("Stream " + STREAM + " cannot be filled", ex);
		}
	}

	private String subject(int number) {
		return "scaling." + this.token + ".s" + number;
	}

}
