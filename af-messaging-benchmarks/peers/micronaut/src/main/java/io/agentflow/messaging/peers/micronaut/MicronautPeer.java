package io.agentflow.messaging.peers.micronaut;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.micronaut.context.ApplicationContext;
import io.micronaut.messaging.annotation.MessageBody;
import io.micronaut.nats.annotation.Subject;
import io.micronaut.nats.jetstream.annotation.JetStreamClient;
import io.micronaut.nats.jetstream.annotation.JetStreamListener;
import io.micronaut.nats.jetstream.annotation.PushConsumer;
import io.micronaut.messaging.Acknowledgement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.PublishAck;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import io.agentflow.messaging.sample.harness.Exchange;
import io.agentflow.messaging.sample.harness.ExchangeProcess;

/**
 * Ping-pong by Micronaut's annotations: {@code @JetStreamClient} publishes and hands over
 * the broker's receipt, {@code @PushConsumer} with explicit acknowledgement listens. The
 * ping is acknowledged when its pong is stored.
 */
@Singleton
public class MicronautPeer implements Exchange {

	private final Pings pings;

	private volatile ResponseListener listener;

	MicronautPeer(Pings pings) {
		this.pings = pings;
	}

	/**
	 * Serves runs.
	 * @param args the server's URL
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		PrintStream out = System.out;
		System.setOut(System.err); // figures alone go to standard output
		Map<String, Object> properties = Map.of("nats.default.addresses", List.of(args[0]),
				"nats.default.jetstream.streams.peer.storage-type", "File",
				"nats.default.jetstream.streams.peer.subjects", List.of("peer.micronaut.*"), "micronaut.application.name",
				"peer");
		try (ApplicationContext context = ApplicationContext.run(properties)) {
			ExchangeProcess.serve(context.getBean(MicronautPeer.class), System.in, out);
		}
	}

	@Override
	public String name() {
		return "Micronaut";
	}

	@Override
	public void listen(ResponseListener responses) {
		this.listener = responses;
	}

	@Override
	public CompletableFuture<String> send(int run, int sequence, String text) {
		byte[] content = text.getBytes(StandardCharsets.UTF_8);
		byte[] body = ByteBuffer.allocate(8 + content.length).putInt(run).putInt(sequence).put(content).array();
		return Mono.from(this.pings.send(body)).map((receipt) -> "").toFuture();
	}

	@Override
	public void close() {
		// The consumers end with the application.
	}

	void take(byte[] pong) {
		ResponseListener responses = this.listener;
		ByteBuffer body = ByteBuffer.wrap(pong);
		if (responses != null) {
			responses.received(body.getInt(), body.getInt(), "", false);
		}
	}

	/**
	 * Publishes pings.
	 */
	@JetStreamClient
	interface Pings {

		@Subject("peer.micronaut.ping")
		Publisher<PublishAck> send(@MessageBody byte[] data);

	}

	/**
	 * Publishes pongs.
	 */
	@JetStreamClient
	interface Pongs {

		@Subject("peer.micronaut.pong")
		Publisher<PublishAck> send(@MessageBody byte[] data);

	}

	/**
	 * Answers pings.
	 */
	@JetStreamListener
	static class Ponger {

		private final Pongs pongs;

		Ponger(Pongs pongs) {
			this.pongs = pongs;
		}

		@Subject("peer.micronaut.ping")
		@PushConsumer(value = "peer", durable = "peer_ponger", ackPolicy = AckPolicy.Explicit)
		void answer(@MessageBody byte[] data, Acknowledgement acknowledgement) {
			Mono.from(this.pongs.send(data)).subscribe((receipt) -> acknowledgement.ack());
		}

	}

	/**
	 * Takes pongs.
	 */
	@JetStreamListener
	static class Pinger {

		private final MicronautPeer peer;

		Pinger(MicronautPeer peer) {
			this.peer = peer;
		}

		@Subject("peer.micronaut.pong")
		@PushConsumer(value = "peer", durable = "peer_pinger", ackPolicy = AckPolicy.Explicit)
		void take(@MessageBody byte[] data, Acknowledgement acknowledgement) {
			this.peer.take(data);
			acknowledgement.ack();
		}

	}

}
