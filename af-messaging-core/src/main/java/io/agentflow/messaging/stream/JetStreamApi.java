package io.agentflow.messaging.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.connection.BusConnection;
import io.agentflow.messaging.connection.NotConnectedException;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.RequestFailureException;
import io.nats.client.RequestFailureReason;

/**
 * Calls the JetStream API, again if the answer is one that passes: a cluster that elects
 * a leader, or a server that has just started, says "not now" for some seconds.
 */
final class JetStreamApi {

	static final int STREAM_NOT_FOUND = 10059;

	static final int CONSUMER_NOT_FOUND = 10014;

	private static final Set<Integer> TRANSIENT = Set.of(10008, 10009, 10167);

	private static final long DEADLINE_NANOS = Duration.ofSeconds(30).toNanos();

	private static final long NO_RESPONDER_NANOS = Duration.ofSeconds(5).toNanos();

	private static final long PAUSE_MILLIS = 250;

	private final BusConnection connection;

	JetStreamApi(BusConnection connection) {
		this.connection = connection;
	}

	/**
	 * One call of the API.
	 *
	 * @param <T> type of its answer
	 */
	interface Call<T> {

		T on(JetStreamManagement api) throws IOException, JetStreamApiException;

	}

	/**
	 * Calls.
	 * @param stream stream that the call is about, for the message of a failure
	 * @param subject API subject that it needs a permission for
	 * @throws JetStreamApiException if the server refuses
	 * @throws StreamProvisioningException if it does not answer, or may not be asked
	 */
	<T> T call(String stream, String subject, Call<T> call) throws JetStreamApiException {
		long start = System.nanoTime();
		while (true) {
			Exception failure;
			try {
				return call.on(this.connection.current().jetStreamManagement());
			}
			catch (JetStreamApiException ex) {
				if (!TRANSIENT.contains(ex.getApiErrorCode()) || System.nanoTime() - start > DEADLINE_NANOS) {
					throw ex;
				}
			}
			catch (IOException | NotConnectedException | IllegalStateException ex) {
				failure = ex;
				long patience = isNoResponder(ex) ? NO_RESPONDER_NANOS : DEADLINE_NANOS;
				if (isDenied(ex) || System.nanoTime() - start > patience) {
					throw unanswered(stream, subject, failure);
				}
			}
			LockSupport.parkNanos(Duration.ofMillis(ThreadLocalRandom.current().nextLong(1, PAUSE_MILLIS)).toNanos());
			if (Thread.currentThread().isInterrupted()) {
				throw new StreamProvisioningException(stream, null,
						"Interrupted while stream " + stream + " was being looked at", null);
			}
		}
	}

	/**
	 * As {@link #call}, with {@code null} for one kind of refusal.
	 */
	<T> @Nullable T callOrNull(String stream, String subject, int nullCode, Call<T> call) throws JetStreamApiException {
		try {
			return call(stream, subject, call);
		}
		catch (JetStreamApiException ex) {
			if (ex.getApiErrorCode() == nullCode) {
				return null;
			}
			throw ex;
		}
	}

	private static StreamProvisioningException unanswered(String stream, String subject, Exception failure) {
		String why;
		if (isDenied(failure)) {
			why = "the server denies the permission to publish to " + subject
					+ ". Grant it, or set af.bus.provisioning=none";
		}
		else if (isNoResponder(failure)) {
			why = "the server has no JetStream. Start nats-server with -js, or enable it for this account";
		}
		else {
			why = "the server does not answer on " + subject + " (" + failure.getMessage()
					+ "). Check that JetStream is enabled, that the cluster has a leader, "
					+ "and that this user may use that subject";
		}
		return new StreamProvisioningException(stream, null, "Stream " + stream + " cannot be looked at: " + why,
				failure);
	}

	private static boolean isNoResponder(Exception failure) {
		return failure instanceof RequestFailureException request
				&& request.getReason() == RequestFailureReason.NO_RESPONDERS;
	}

	private static boolean isDenied(Exception failure) {
		return failure instanceof RequestFailureException request
				&& request.getReason() == RequestFailureReason.SERVER_ERROR && request.getLastError() != null
				&& request.getLastError().toLowerCase(java.util.Locale.ROOT).contains("permissions violation");
	}

}
