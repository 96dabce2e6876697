package io.agentflow.messaging.publish;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

import io.nats.client.JetStreamApiException;

/**
 * Why one attempt has failed, and what follows from it.
 *
 * @param kind what is known about the message after it
 * @param errorCode the JetStream API's error code, or 0
 * @param reason in words
 * @param cause what the client threw, or {@code null}
 */
record AttemptFailure(Kind kind, int errorCode, String reason, @Nullable Throwable cause) {

	static final int MESSAGE_TOO_LARGE = 10054;

	private static final int STREAM_FULL = 10077;

	/** No leader, JetStream starting or short of resources, too many requests. */
	private static final Set<Integer> PASSING = Set.of(10008, 10009, 10023, 10167);

	enum Kind {

		/** Nobody took the message; somebody may soon. */
		NOT_TAKEN,

		/** The server has said "not now". */
		NOT_NOW,

		/** Nobody knows. */
		UNKNOWN,

		/** The server has said no. */
		REFUSED,

		/** The message itself is at fault. */
		INVALID

	}

	static AttemptFailure timeout() {
		return new AttemptFailure(Kind.UNKNOWN, 0, "the broker has not answered in time", null);
	}

	static AttemptFailure connectionLost() {
		return new AttemptFailure(Kind.UNKNOWN, 0, "the connection was lost before the broker answered", null);
	}

	static AttemptFailure noStream() {
		return new AttemptFailure(Kind.REFUSED, 0,
				"no stream keeps that subject. Create one for it (af.bus.provisioning, af.bus.streams.*)", null);
	}

	static AttemptFailure denied(String subject) {
		return new AttemptFailure(Kind.REFUSED, 0,
				"the server denies the permission to publish to " + subject + ". Grant it to this user", null);
	}

	static AttemptFailure of(Throwable thrown) {
		Throwable cause = unwrap(thrown);
		if (cause instanceof JetStreamApiException refusal) {
			return ofApi(refusal);
		}
		if (cause instanceof IllegalArgumentException) {
			return new AttemptFailure(Kind.INVALID, 0, String.valueOf(cause.getMessage()), cause);
		}
		if (cause instanceof IllegalStateException) {
			// Closed, draining, or the reconnect buffer is full: it was not even queued.
			return new AttemptFailure(Kind.NOT_NOW, 0, String.valueOf(cause.getMessage()), cause);
		}
		if (cause instanceof IOException && String.valueOf(cause.getMessage()).contains("503")) {
			return new AttemptFailure(Kind.NOT_TAKEN, 0, "no stream has answered for the subject", cause);
		}
		if (cause instanceof CancellationException) {
			return new AttemptFailure(Kind.UNKNOWN, 0, "the connection was closed before the broker answered", cause);
		}
		return new AttemptFailure(Kind.UNKNOWN, 0, String.valueOf(cause.getMessage()), cause);
	}

	boolean isFinal() {
		return this.kind == Kind.REFUSED || this.kind == Kind.INVALID;
	}

	private static AttemptFailure ofApi(JetStreamApiException refusal) {
		int code = refusal.getApiErrorCode();
		String said = "error " + code + ": " + refusal.getErrorDescription();
		if (PASSING.contains(code)) {
			return new AttemptFailure(Kind.NOT_NOW, code, said, refusal);
		}
		if (code == MESSAGE_TOO_LARGE) {
			return new AttemptFailure(Kind.INVALID, code, said + "; the stream's max-message-size is smaller", refusal);
		}
		if (code == STREAM_FULL) {
			return new AttemptFailure(Kind.REFUSED, code,
					said + "; the stream is full and set to refuse new messages (discard=new). "
							+ "Raise its max-bytes or max-age, or purge it",
					refusal);
		}
		return new AttemptFailure(Kind.REFUSED, code, said, refusal);
	}

	private static Throwable unwrap(Throwable thrown) {
		Throwable cause = Completions.causeOf(thrown);
		// publishAsync wraps twice: CompletionException, and a bare RuntimeException.
		Throwable wrapped = (cause.getClass() == RuntimeException.class) ? cause.getCause() : null;
		return (wrapped != null) ? unwrap(wrapped) : cause;
	}

}
