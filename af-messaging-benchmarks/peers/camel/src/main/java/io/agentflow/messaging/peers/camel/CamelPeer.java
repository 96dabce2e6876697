package io.agentflow.messaging.peers.camel;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.agentflow.messaging.sample.harness.Exchange;
import io.agentflow.messaging.sample.harness.ExchangeProcess;

/**
 * Ping-pong by Camel routes on JetStream, with durable push consumers: of a pull
 * subscription this version never asks for a message. A publish waits for the broker's
 * receipt; jnats acknowledges when the route has ended, so a ping after its pong is
 * stored.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class CamelPeer extends RouteBuilder implements Exchange {

	/** Camel makes a stream for each side, with its topic as the only subject. */
	private static final String STREAM = "PEER_CAMEL";

	private static final String OPTIONS = "&jetstreamEnabled=true&jetstreamAsync=true";

	private final String url;

	private volatile ResponseListener listener;

	private volatile ProducerTemplate producer;

	CamelPeer(@Value("${peer.url}") String url) {
		this.url = url.replace("nats://", "");
	}

	/**
	 * Serves runs.
	 * @param args the server's URL
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		PrintStream out = System.out;
		System.setOut(System.err); // figures alone go to standard output
		ConfigurableApplicationContext context = new SpringApplicationBuilder(CamelPeer.class).run(
				"--peer.url=" + args[0], "--spring.main.banner-mode=off", "--logging.level.root=WARN",
				"--camel.main.run-controller=false");
		CamelPeer peer = context.getBean(CamelPeer.class);
		peer.producer = context.getBean(ProducerTemplate.class);
		try (context) {
			ExchangeProcess.serve(peer, System.in, out);
		}
	}

	@Override
	public void configure() {
		from(consumer("ping")).to(producer("pong"));
		from(consumer("pong")).process((exchange) -> take(exchange.getMessage().getBody(byte[].class)));
	}

	@Override
	public String name() {
		return "Camel";
	}

	@Override
	public void listen(ResponseListener responses) {
		this.listener = responses;
	}

	@Override
	public CompletableFuture<String> send(int run, int sequence, String text) {
		byte[] content = text.getBytes(StandardCharsets.UTF_8);
		byte[] body = ByteBuffer.allocate(8 + content.length).putInt(run).putInt(sequence).put(content).array();
		return this.producer.asyncSendBody(producer("ping"), body).thenApply((sent) -> "");
	}

	@Override
	public void close() {
		// The routes end with the application.
	}

	private void take(byte[] pong) {
		ResponseListener responses = this.listener;
		ByteBuffer body = ByteBuffer.wrap(pong);
		if (responses != null) {
			responses.received(body.getInt(), body.getInt(), "", false);
		}
	}

	private String consumer(String side) {
		return producer(side) + "&pullSubscription=false&durableName=camel_" + UUID.randomUUID();
	}

	private String producer(String side) {
		return "nats:peer.camel." + side + "?servers=" + this.url + OPTIONS + "&jetstreamName=" + STREAM + "_" + side;
	}

}
