package io.agentflow.messaging.publish;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Puts an outcome without a receipt into words.
 */
final class PublishFailures {

	private PublishFailures() {
	}

	/**
	 * Tells how an operation that is given up has ended.
	 */
	static RuntimeException of(PublishOperation operation, PublishSettings settings) {
		AttemptFailure last = operation.lastFailure();
		String reason = (last != null) ? last.reason() : "the broker has not answered";
		Throwable cause = (last != null) ? last.cause() : null;
		if (operation.isMaybeStored()) {
			return new PublishUnknownException(
					what(operation) + " may or may not be stored after " + operation.attempt() + " attempt(s) in "
							+ elapsed(operation) + ": " + reason + ". Publish it again with the same id to be sure",
					cause);
		}
		if (last != null && last.isFinal()) {
			boolean retryable = last.kind() == AttemptFailure.Kind.REFUSED;
			return new PublishRejectedException(what(operation) + " is refused: " + reason, retryable, last.errorCode(),
					cause);
		}
		return new PublishRejectedException(
				what(operation) + " is not stored after " + operation.attempt() + " attempt(s) in " + elapsed(operation)
						+ " (af.bus.publish.deadline is " + settings.deadline() + "): " + reason,
				true, (last != null) ? last.errorCode() : 0, cause);
	}

	static PublishRejectedException noRoom(PublishOperation operation, PublishSettings settings) {
		return notSent(operation, settings.maxInFlight() + " other messages have been in flight for "
				+ settings.deadline() + " (af.bus.publish.max-in-flight)", null);
	}

	static PublishRejectedException notSent(PublishOperation operation, String why, @Nullable Throwable cause) {
		return new PublishRejectedException(what(operation) + " is not sent: " + why, true, 0, cause);
	}

	private static String what(PublishOperation operation) {
		return "Message " + operation.messageId + " to " + operation.subject;
	}

	private static String elapsed(PublishOperation operation) {
		return Duration.ofNanos(System.nanoTime() - operation.startNanos).toMillis() + " ms";
	}

}
