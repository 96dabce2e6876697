package io.agentflow.messaging.publish;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.agentflow.messaging.connection.BusListener;
import io.nats.client.Connection;

/**
 * Hears what happens on the connection, as far as messages in flight are concerned.
 */
final class PublishEvents implements BusListener {

	private static final Pattern DENIAL = Pattern.compile("(?i)permissions violation for publish to \"([^\"]+)\"");

	private final JetStreamSender sender;

	private final StallDetector stall;

	PublishEvents(JetStreamSender sender, StallDetector stall) {
		this.sender = sender;
		this.stall = stall;
	}

	/**
	 * What was sent and not answered is sent again at once when the connection is back,
	 * rather than after the timeout of its attempt.
	 */
	@Override
	public void disconnected(Connection connection) {
		this.stall.reset();
		AttemptFailure lost = AttemptFailure.connectionLost();
		long now = System.nanoTime();
		this.sender.operations().forEach((operation) -> operation.fail(operation.attempt(), lost, now));
	}

	@Override
	public void serverError(Connection connection, String error) {
		Matcher denial = DENIAL.matcher(error);
		if (denial.find()) {
			String subject = denial.group(1);
			long now = System.nanoTime();
			this.sender.operations()
				.stream()
				.filter((operation) -> operation.subject.equals(subject))
				.forEach((operation) -> operation.deny(now));
		}
	}

}
