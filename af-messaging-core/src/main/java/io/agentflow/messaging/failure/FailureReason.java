package io.agentflow.messaging.failure;

/**
 * Why a delivery was given up. The name is the value of the dead letter's reason, and a
 * metric tag.
 */
public enum FailureReason {

	/** Not one strict JSON text. */
	MALFORMED,

	/** Against the envelope's or the payload's schema. */
	SCHEMA,

	/** The hash is missing or wrong: damaged or tampered with. */
	HASH,

	/** Larger than the limit. */
	TOO_LARGE,

	/** The header {@code Nats-Msg-Id} names another message than the envelope does. */
	ID_MISMATCH,

	/** The payload does not fit the handler's parameter. */
	CONVERSION,

	/** The payload was refused by bean validation. */
	VALIDATION,

	/** The handler said, or its exception tells, that trying again is of no use. */
	PERMANENT,

	/** The last attempt failed. */
	ATTEMPTS_EXHAUSTED,

	/**
	 * Delivered far more often than it may be tried and never settled: each time the
	 * process died, or hung, while it had the message.
	 */
	NEVER_SETTLED,

	/**
	 * The broker has stopped to deliver it: the consumer has a {@code max_deliver} of its
	 * own, which listeners do not set.
	 */
	MAX_DELIVERIES

}
