package io.agentflow.messaging.test;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import org.assertj.core.api.AbstractAssert;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.test.RecordedDeliveries.Event;
import io.agentflow.messaging.test.RecordedDeliveries.Kind;

/**
 * Waits for deliveries to listeners and checks them:
 *
 * <pre>{@code
 * AwaitedDelivery.assertThat(deliveries).of(request).to("billing").isHandled();
 * }</pre>
 *
 * Each check waits up to 10 s, or as long as {@link #within(Duration)} says.
 */
public final class AwaitedDelivery extends AbstractAssert<AwaitedDelivery, RecordedDeliveries> {

	private @Nullable String messageId;

	private @Nullable String listenerId;

	private Duration patience = Duration.ofSeconds(10);

	private AwaitedDelivery(RecordedDeliveries deliveries) {
		super(deliveries, AwaitedDelivery.class);
	}

	/**
	 * Looks at deliveries.
	 * @param deliveries what is written down
	 * @return assertions on all of them
	 */
	public static AwaitedDelivery assertThat(RecordedDeliveries deliveries) {
		return new AwaitedDelivery(deliveries);
	}

	/**
	 * Looks at one message only. Dead letters are told of by listener and reason, without
	 * a message.
	 * @param message the message
	 * @return this
	 */
	public AwaitedDelivery of(AfMessage<?> message) {
		this.messageId = message.id();
		return this;
	}

	/**
	 * Looks at one listener only.
	 * @param listener the listener's id
	 * @return this
	 */
	public AwaitedDelivery to(String listener) {
		this.listenerId = listener;
		return this;
	}

	/**
	 * Waits for another time.
	 * @param longest the longest time
	 * @return this
	 */
	public AwaitedDelivery within(Duration longest) {
		this.patience = longest;
		return this;
	}

	/**
	 * Checks that a handler takes a message and returns.
	 * @return this
	 */
	public AwaitedDelivery isHandled() {
		return await("a message that is handled", (event) -> event.kind() == Kind.HANDLED);
	}

	/**
	 * Checks that a handler takes a message and returns at one of its attempts.
	 * @param attempt the attempt, from 1
	 * @return this
	 */
	public AwaitedDelivery isHandledAtAttempt(long attempt) {
		return await("a message that is handled at attempt " + attempt,
				(event) -> event.kind() == Kind.HANDLED && event.attempt() == attempt);
	}

	/**
	 * Checks that a message becomes a dead letter.
	 * @param reason why
	 * @return this
	 */
	public AwaitedDelivery isDeadLettered(FailureReason reason) {
		return await("a dead letter for " + reason, (event) -> event.reason() == reason);
	}

	private AwaitedDelivery await(String what, Predicate<Event> wanted) {
		try {
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(20))
				.atMost(this.patience)
				.until(() -> seen().stream().anyMatch(wanted));
		}
		catch (ConditionTimeoutException ex) {
			failWithMessage("Expected %s within %s, but there were only: %s", what, this.patience, seen());
		}
		return this;
	}

	private List<Event> seen() {
		return this.actual.events()
			.stream()
			.filter((event) -> this.listenerId == null || this.listenerId.equals(event.listenerId()))
			.filter((event) -> this.messageId == null || event.messageId() == null
					|| this.messageId.equals(event.messageId()))
			.toList();
	}

}
