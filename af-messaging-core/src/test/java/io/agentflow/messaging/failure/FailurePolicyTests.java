package io.agentflow.messaging.failure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.agentflow.messaging.Delivery;
import io.agentflow.messaging.codec.InvalidMessageException;

import static org.assertj.core.api.Assertions.assertThat;

class FailurePolicyTests {

	private static final RetrySettings RETRY = new RetrySettings(5, Duration.ofSeconds(1), 2, Duration.ofSeconds(6),
			0.25);

	private static Disposition decide(FailurePolicy policy, Throwable cause, long attempt) {
		Delivery delivery = new Delivery("agents.a.in", "AF_MESSAGES", "c", 1, attempt, Instant.EPOCH, 0, false,
				Map.of());
		return policy.decide(new Failure(cause, delivery, RETRY));
	}

	@Test
	void waitsGrowAndStayInsideTheJitter() {
		Random random = new Random(20261122);
		for (int attempt = 1; attempt <= 6; attempt++) {
			long nominal = Math.min(Duration.ofSeconds(1).toMillis() << (attempt - 1), 6000);
			long least = Long.MAX_VALUE;
			long most = 0;
			for (int i = 0; i < 10_000; i++) {
				long millis = RETRY.delayAfter(attempt, random).toMillis();
				least = Math.min(least, millis);
				most = Math.max(most, millis);
			}
			assertThat(least).isBetween(nominal * 75 / 100 - 1, nominal * 76 / 100);
			assertThat(most).isBetween(nominal * 124 / 100, nominal * 125 / 100 + 1);
		}
	}

	@Test
	void triesAgainUntilTheAttemptsAreUsedUp() {
		FailurePolicy policy = FailurePolicy.backoff();
		for (int attempt = 1; attempt < 5; attempt++) {
			assertThat(decide(policy, new IllegalStateException(), attempt)).isInstanceOf(Disposition.Retry.class);
		}
		assertThat(decide(policy, new IllegalStateException(), 5))
			.isEqualTo(new Disposition.DeadLetter(FailureReason.ATTEMPTS_EXHAUSTED));
	}

	@Test
	void findsPermanentFailuresAlsoAmongCauses() {
		FailurePolicy policy = FailurePolicy.backoff();
		InvalidMessageException invalid = new InvalidMessageException(InvalidMessageException.Reason.HASH, List.of(),
				null, null);
		assertThat(decide(policy, new IllegalStateException(new RuntimeException(invalid)), 1))
			.isEqualTo(new Disposition.DeadLetter(FailureReason.HASH));
		assertThat(decide(policy, new IllegalStateException(new PermanentFailureException("no")), 1))
			.isEqualTo(new Disposition.DeadLetter(FailureReason.PERMANENT));
	}

	@Test
	void isNotCaughtByExceptionsThatCauseEachOther() {
		Exception one = new Exception("one");
		Exception two = new Exception("two", one);
		one.initCause(two);
		assertThat(decide(FailurePolicy.backoff(), two, 1)).isInstanceOf(Disposition.Retry.class);
	}

	@Test
	void takesMoreAsPermanentWhereAsked() {
		FailurePolicy policy = FailurePolicy.backoff(UnsupportedOperationException.class::isInstance);
		assertThat(decide(policy, new Exception(new UnsupportedOperationException()), 1))
			.isEqualTo(new Disposition.DeadLetter(FailureReason.PERMANENT));
		assertThat(decide(policy, new IllegalStateException(), 1)).isInstanceOf(Disposition.Retry.class);
	}

}
