package io.agentflow.messaging.deadletter;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessagingException;
import io.agentflow.messaging.failure.FailureReason;
import io.agentflow.messaging.stream.HeaderMap;

/**
 * Writes and reads the headers of dead letters. Texts that come from messages or
 * exceptions are percent-encoded: a NATS header may hold neither line breaks nor anything
 * outside ASCII.
 */
final class DeadLetterFormat {

	static final String MSG_ID = "Nats-Msg-Id";

	private static final String OWN_PREFIX = "Af-Dead-";

	/** Characters of an exception's message that are kept. */
	private static final int MAX_TEXT = 512;

	/** Headers that steer the broker: of the original publish, not of this one. */
	private static final Set<String> BROKER_HEADERS = Set.of(MSG_ID, "Nats-Expected-Stream",
			"Nats-Expected-Last-Msg-Id", "Nats-Expected-Last-Sequence", "Nats-Expected-Last-Subject-Sequence",
			"Nats-TTL", "Nats-Rollup");

	private DeadLetterFormat() {
	}

	static Headers write(GivenUp givenUp, Instant now) {
		Original original = givenUp.original();
		Headers headers = originalHeaders(original.headers());
		headers.put(DeadLetterHeaders.REASON, givenUp.reason().name());
		// Anybody may publish to any subject that a stream's filter lets in.
		headers.put(DeadLetterHeaders.SUBJECT, encode(original.subject()));
		headers.put(DeadLetterHeaders.STREAM, original.stream());
		headers.put(DeadLetterHeaders.SEQUENCE, Long.toString(original.sequence()));
		headers.put(DeadLetterHeaders.CONSUMER, encode(givenUp.consumer()));
		headers.put(DeadLetterHeaders.ATTEMPTS, Long.toString(givenUp.attempts()));
		headers.put(DeadLetterHeaders.TIME, now.toString());
		headers.put(DeadLetterHeaders.STORED_AT, original.storedAt().toString());
		putText(headers, DeadLetterHeaders.MESSAGE_ID, givenUp.messageId());
		putText(headers, DeadLetterHeaders.WORKFLOW_ID, givenUp.workflowId());
		Throwable cause = givenUp.cause();
		if (cause != null) {
			headers.put(DeadLetterHeaders.EXCEPTION, cause.getClass().getName());
			putText(headers, DeadLetterHeaders.EXCEPTION_MESSAGE, cause.getMessage());
		}
		return headers;
	}

	/**
	 * What the original had, for sending it again: none of the broker's and none of ours.
	 */
	static Headers originalHeaders(@Nullable Headers source) {
		Headers headers = new Headers();
		if (source != null) {
			source.forEach((name, values) -> {
				boolean ours = name.startsWith(OWN_PREFIX) || name.equals(DeadLetterHeaders.REDRIVE)
						|| name.equals(DeadLetterHeaders.REDRIVE_CONSUMER);
				if (!ours && !BROKER_HEADERS.contains(name)) {
					headers.put(name, values);
				}
			});
		}
		return headers;
	}

	static DeadLetter read(long sequence, @Nullable Headers headers, byte @Nullable [] body) {
		if (headers == null || headers.getFirst(DeadLetterHeaders.REASON) == null) {
			throw new AfMessagingException("Message " + sequence + " of stream " + DeadLetters.STREAM
					+ " is not a dead letter: it has no header " + DeadLetterHeaders.REASON);
		}
		boolean omitted = headers.getFirst(DeadLetterHeaders.BODY) != null;
		return new DeadLetter(sequence, FailureReason.valueOf(required(headers, sequence, DeadLetterHeaders.REASON)),
				headers.getFirst(DeadLetterHeaders.EXCEPTION), text(headers, DeadLetterHeaders.EXCEPTION_MESSAGE),
				decode(required(headers, sequence, DeadLetterHeaders.SUBJECT)),
				required(headers, sequence, DeadLetterHeaders.STREAM),
				Long.parseLong(required(headers, sequence, DeadLetterHeaders.SEQUENCE)),
				decode(required(headers, sequence, DeadLetterHeaders.CONSUMER)),
				Long.parseLong(required(headers, sequence, DeadLetterHeaders.ATTEMPTS)),
				Instant.parse(required(headers, sequence, DeadLetterHeaders.TIME)),
				Instant.parse(required(headers, sequence, DeadLetterHeaders.STORED_AT)),
				text(headers, DeadLetterHeaders.MESSAGE_ID), text(headers, DeadLetterHeaders.WORKFLOW_ID),
				HeaderMap.of(originalHeaders(headers)), (body != null) ? body : new byte[0], omitted);
	}

	private static String required(Headers headers, long sequence, String name) {
		String value = headers.getFirst(name);
		if (value == null) {
			throw new AfMessagingException(
					"Dead letter " + sequence + " has lost its header " + name + "; look at it with the NATS tools");
		}
		return value;
	}

	private static void putText(Headers headers, String name, @Nullable String text) {
		if (text != null && !text.isEmpty()) {
			String kept = (text.length() <= MAX_TEXT) ? text : text.substring(0, MAX_TEXT) + "…";
			headers.put(name, encode(kept));
		}
	}

	/**
	 * Leaves subjects and names of the contract as they are.
	 */
	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static @Nullable String text(Headers headers, String name) {
		String value = headers.getFirst(name);
		return (value != null) ? decode(value) : null;
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

}
