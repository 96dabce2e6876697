package io.agentflow.messaging.codec;

/**
 * A value has no canonical form. Says neither which nor where: whoever catches it looks
 * with {@link ContentRules}, which finds all such values. Without stack trace, as it is
 * only a jump.
 */
final class UnwritableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnwritableException() {
		super(null, null, false, false);
	}

}
