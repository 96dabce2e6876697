package io.agentflow.messaging.publish;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.nats.client.Connection;
import io.nats.client.Message;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks whether any stream keeps a subject, without blocking.
 */
final class StreamLookup {

	private static final String API = "$JS.API.STREAM.NAMES";

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final JsonMapper JSON = JsonMapper.shared();

	/**
	 * Asks.
	 * @return completes with whether the server says that there is none; with
	 * {@code false} if it does not say, or may not be asked
	 */
	CompletableFuture<Boolean> isMissing(Connection connection, String subject) {
		byte[] question = ("{\"subject\":\"" + subject + "\"}").getBytes(StandardCharsets.UTF_8);
		try {
			return connection.requestWithTimeout(API, question, TIMEOUT)
				.handle((answer, failure) -> failure == null && saysNone(answer));
		}
		catch (IllegalStateException ex) {
			// Closed meanwhile: nothing is known.
			return CompletableFuture.completedFuture(false);
		}
	}

	private static boolean saysNone(Message answer) {
		if (answer.isStatusMessage()) {
			return false;
		}
		try {
			JsonNode names = JSON.readTree(answer.getData());
			return !names.has("error") && names.path("total").asInt(-1) == 0 && names.path("streams").isEmpty();
		}
		catch (JacksonException ex) {
			return false;
		}
	}

}
