package io.agentflow.messaging.sample.harness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.MessageHandler;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ConsumerConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The same exchange with nothing but jnats: what the machine and the broker allow at this
 * moment. Two connections, a durable consumer on each side, asynchronous publishing, and
 * the request acknowledged when its response is stored. No envelope, no hash, no header:
 * a body of the text and eight bytes.
 */
public final class RawExchange implements Exchange {

	private static final String STREAM = "AF_MESSAGES";

	private static final int BATCH = 500;

	private static final Duration ABANDONED = Duration.ofMinutes(10);

	private final String id = UUID.randomUUID().toString().substring(0, 8);

	private final Connection pinger;

	private final Connection ponger;

	private final JetStream pings;

	private final JetStream pongs;

	private final List<MessageConsumer> consumers = new ArrayList<>();

	private volatile @Nullable ResponseListener listener;

	private RawExchange(Connection pinger, Connection ponger) throws IOException {
		this.pinger = pinger;
		this.ponger = ponger;
		this.pings = pinger.jetStream();
		this.pongs = ponger.jetStream();
	}

	/**
	 * Connects and starts to answer.
	 * @param url the server; its streams must be there
	 * @return the exchange
	 * @throws IOException if there is no server
	 * @throws JetStreamApiException if there is no stream
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public static RawExchange open(String url) throws IOException, JetStreamApiException, InterruptedException {
		RawExchange exchange = new RawExchange(connect(url), connect(url));
		exchange.consumers.add(exchange.consume(exchange.ponger, "raw-ponger", exchange::answer));
		exchange.consumers.add(exchange.consume(exchange.pinger, "raw-pinger", exchange::take));
		return exchange;
	}

	@Override
	public String name() {
		return "raw jnats";
	}

	@Override
	public void listen(@Nullable ResponseListener responses) {
		this.listener = responses;
	}

	@Override
	public CompletableFuture<String> send(int run, int sequence, String text) {
		byte[] content = text.getBytes(StandardCharsets.UTF_8);
		byte[] body = ByteBuffer.allocate(2 * Integer.BYTES + content.length)
			.putInt(run)
			.putInt(sequence)
			.put(content)
			.array();
		return this.pings.publishAsync(subject("raw-ponger"), body).thenApply((receipt) -> "");
	}

	@Override
	public void close() {
		try {
			for (MessageConsumer consumer : this.consumers) {
				consumer.close();
			}
			JetStreamManagement management = this.pinger.jetStreamManagement();
			management.deleteConsumer(STREAM, durable("raw-ponger"));
			management.deleteConsumer(STREAM, durable("raw-pinger"));
			this.pinger.close();
			this.ponger.close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Exception ex) { // declared by AutoCloseable
			throw new IllegalStateException("Consumers of the raw exchange are left to the server to delete", ex);
		}
	}

	private void answer(Message ping) {
		this.pongs.publishAsync(subject("raw-pinger"), ping.getData()).whenComplete((receipt, failure) -> {
			if (failure == null) {
				ping.ack();
			}
		});
	}

	private void take(Message pong) {
		ResponseListener responses = this.listener;
		ByteBuffer body = ByteBuffer.wrap(pong.getData());
		if (responses != null) {
			responses.received(body.getInt(), body.getInt(), "", false);
		}
		pong.ack();
	}

	private MessageConsumer consume(Connection connection, String agent, MessageHandler handler)
			throws IOException, JetStreamApiException {
		connection.jetStreamManagement()
			.addOrUpdateConsumer(STREAM,
					ConsumerConfiguration.builder()
						.durable(durable(agent))
						.filterSubject(subject(agent))
						.inactiveThreshold(ABANDONED)
						.build());
		return connection.getConsumerContext(STREAM, durable(agent))
			.consume(ConsumeOptions.builder().batchSize(BATCH).build(), handler);
	}

	private String durable(String agent) {
		return agent + "-" + this.id;
	}

	private String subject(String agent) {
		return "agents." + agent + "-" + this.id + ".in";
	}

	private static Connection connect(String url) throws IOException, InterruptedException {
		return Nats.connect(Options.builder().server(url).connectionName("pingpong-raw").build());
	}

}
