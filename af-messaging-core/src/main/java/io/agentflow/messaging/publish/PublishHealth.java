package io.agentflow.messaging.publish;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How publishing goes.
 *
 * @param stalled whether the connection is up but the broker has not confirmed anything
 * for some time, as it does when its disk is full
 * @param since when the first of the attempts in a row that were not answered was made;
 * {@code null} if the latest was
 * @param lastError what went wrong last, or {@code null}
 * @param inFlight messages whose receipt is awaited now
 */
public record PublishHealth(boolean stalled, @Nullable Instant since, @Nullable String lastError, int inFlight) {
}
