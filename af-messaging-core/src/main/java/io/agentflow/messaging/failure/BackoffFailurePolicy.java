package io.agentflow.messaging.failure;

import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.codec.InvalidMessageException;
import io.agentflow.messaging.codec.PayloadConversionException;

import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
import org.springframework.messaging.handler.invocation.MethodArgumentResolutionException;

/**
 * The default policy. What counts as permanent follows the list that users of
 * spring-kafka know.
 */
final class BackoffFailurePolicy implements FailurePolicy {

	/** Guards against exceptions that are their own cause. */
	private static final int MAX_CAUSES = 32;

	/** Optional on the class path, so known by name. */
	private static final Set<String> VALIDATION = Set.of("jakarta.validation.ConstraintViolationException");

	private final Predicate<Throwable> permanent;

	BackoffFailurePolicy(Predicate<Throwable> permanent) {
		this.permanent = permanent;
	}

	@Override
	public Disposition decide(Failure failure) {
		FailureReason reason = permanentReason(failure.cause());
		if (reason != null) {
			return new Disposition.DeadLetter(reason);
		}
		if (failure.isLastAttempt()) {
			return new Disposition.DeadLetter(FailureReason.ATTEMPTS_EXHAUSTED);
		}
		return new Disposition.Retry(
				failure.retry().delayAfter(failure.delivery().attempt(), ThreadLocalRandom.current()));
	}

	private @Nullable FailureReason permanentReason(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
			FailureReason reason = classify(cause);
			if (reason != null) {
				return reason;
			}
			cause = cause.getCause();
		}
		return null;
	}

	private @Nullable FailureReason classify(Throwable cause) {
		if (cause instanceof InvalidMessageException invalid) {
			return FailureReason.valueOf(invalid.reason().name());
		}
		if (cause instanceof PayloadConversionException || cause instanceof MessageConversionException) {
			return FailureReason.CONVERSION;
		}
		if (cause instanceof PayloadValidationException || cause instanceof MethodArgumentNotValidException
				|| VALIDATION.contains(cause.getClass().getName())) {
			return FailureReason.VALIDATION;
		}
		if (cause instanceof MethodArgumentResolutionException || cause instanceof PermanentFailureException
				|| this.permanent.test(cause)) {
			return FailureReason.PERMANENT;
		}
		return null;
	}

}
