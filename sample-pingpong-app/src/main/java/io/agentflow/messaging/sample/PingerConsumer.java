package io.agentflow.messaging.sample;

import java.io.IOException;
import java.time.Duration;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import io.agentflow.messaging.connection.BusConnection;

/**
 * Leaves nothing of a pinger on the server. Its durable consumer is deleted when the
 * application ends, after the listeners have stopped; of one that is killed the server
 * deletes it, after a while without anybody asking for messages.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
@ConditionalOnExpression("'${pingpong.role}'.toLowerCase() != 'ponger'")
class PingerConsumer implements ApplicationRunner, DisposableBean {

	/** What the names of pingers' durable consumers start with. */
	static final String PREFIX = "pingpong_";

	private static final Logger logger = LoggerFactory.getLogger(PingerConsumer.class);

	private static final String STREAM = "AF_MESSAGES";

	private static final Duration ABANDONED = Duration.ofMinutes(10);

	private final BusConnection bus;

	private final String durable;

	PingerConsumer(BusConnection bus, PingPongProperties properties) {
		this.bus = bus;
		this.durable = PREFIX + properties.getAgent();
	}

	@Override
	public void run(ApplicationArguments args) throws IOException, JetStreamApiException {
		JetStreamManagement management = this.bus.current().jetStreamManagement();
		ConsumerConfiguration present = management.getConsumerInfo(STREAM, this.durable).getConsumerConfiguration();
		management.addOrUpdateConsumer(STREAM,
				ConsumerConfiguration.builder(present).inactiveThreshold(ABANDONED).build());
	}

	@Override
	public void destroy() {
		try {
			this.bus.current().jetStreamManagement().deleteConsumer(STREAM, this.durable);
		}
		catch (IOException | JetStreamApiException | RuntimeException ex) {
			logger.info("Consumer {} is left to the server to delete: {}", this.durable, ex.getMessage());
		}
	}

}
