package io.agentflow.messaging.sample;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.Subjects;
import io.agentflow.messaging.listener.AfListener;
import io.agentflow.messaging.publish.AfPublisher;
import io.agentflow.messaging.publish.PublishReceipt;
import io.agentflow.messaging.sample.harness.Exchange;

/**
 * Publishes pings and takes the pongs. Each pinger is an agent of its own, with a subject
 * and a durable consumer of its own, so that pingers on one server do not take each
 * other's pongs; {@link PingerConsumer} tidies up behind it.
 */
@Component
@ConditionalOnExpression("'${pingpong.role}'.toLowerCase() != 'ponger'")
class Pinger implements Exchange {

	private static final Logger logger = LoggerFactory.getLogger(Pinger.class);

	private static final String PONGER = Subjects.agentIn(Ponger.AGENT);

	private final AfPublisher publisher;

	private final String agent;

	private final String replyTo;

	private volatile @Nullable ResponseListener listener;

	Pinger(AfPublisher publisher, PingPongProperties properties) {
		this.publisher = publisher;
		this.agent = properties.getAgent();
		this.replyTo = Subjects.agentIn(this.agent);
	}

	@Override
	public String name() {
		return "AgentFlow";
	}

	@Override
	public void listen(@Nullable ResponseListener responses) {
		this.listener = responses;
	}

	@Override
	public CompletableFuture<String> send(int run, int sequence, String text) {
		AfMessage<Ping> ping = AfMessage.request(this.agent, Ponger.AGENT)
			.workflowId(this.agent + "-" + run)
			.agentId(this.agent)
			.replyTo(this.replyTo)
			.payload(new Ping(run, sequence, text))
			.build();
		return this.publisher.publishAsync(PONGER, ping).thenApply(PublishReceipt::envelopeHash);
	}

	@AfListener(subject = "agents.${pingpong.agent}.in", id = "pinger",
			durable = PingerConsumer.PREFIX + "${pingpong.agent}")
	void take(AfMessage<Pong> message) {
		ResponseListener responses = this.listener;
		Pong pong = message.payload();
		if (pong != null) {
			logger.debug("Pong {} came", pong.sequence());
		}
		if (responses != null && pong != null) {
			// The starter hands over no message whose hash is wrong.
			responses.received(pong.run(), pong.sequence(), pong.hash(), message.envelopeHash() != null);
		}
	}

	@Override
	public void close() {
		// The connection and the publisher belong to the application.
	}

}
