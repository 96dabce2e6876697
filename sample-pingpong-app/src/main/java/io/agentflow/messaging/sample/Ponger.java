package io.agentflow.messaging.sample;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.failure.PermanentFailureException;
import io.agentflow.messaging.listener.AfListener;

/**
 * Answers pings. What the method returns is published as the response, and only then is
 * the ping acknowledged.
 */
@Component
@ConditionalOnExpression("'${pingpong.role}'.toLowerCase() != 'pinger'")
class Ponger {

	/** Name of the agent, and with it the subject that it listens to. */
	static final String AGENT = "ponger";

	private static final Logger logger = LoggerFactory.getLogger(Ponger.class);

	private static final int LOGGED = 1000;

	// The durable is named by hand, without the application's name in it: pongers share
	// the pings, whatever their applications are called, and a ponger under a new name
	// does not begin with the pings of last week.
	@AfListener(subject = "agents." + AGENT + ".in", id = AGENT, durable = "pingpong_" + AGENT,
			concurrency = "${pingpong.ponger-concurrency}")
	Pong answer(AfMessage<Ping> message) {
		Ping ping = message.payload();
		if (ping == null) {
			throw new PermanentFailureException("A ping has no payload: there is nothing to answer");
		}
		String hash = message.envelopeHash();
		logger.atLevel((ping.sequence() % LOGGED == 0) ? Level.INFO : Level.DEBUG)
			.log("Ping {} of {} came, its hash is right; sending the pong", ping.sequence(), message.from());
		return new Pong(ping.run(), ping.sequence(), (hash != null) ? hash : "", ping.text());
	}

}
