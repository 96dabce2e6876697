package io.agentflow.messaging.codec;

import java.util.List;

import io.agentflow.messaging.codec.InvalidMessageException.Reason;
import io.agentflow.messaging.codec.InvalidMessageException.Violation;

/**
 * A text is not strict JSON. Learns where on its way up through the objects and arrays
 * around the place, so that reading a good text need not keep count. Without stack trace,
 * as it is only a jump to whoever makes a {@link #refusal} of it.
 */
final class MalformedJsonException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String found;

	private final String allowed;

	private String path = "";

	MalformedJsonException(String found, String allowed) {
		super(null, null, false, false);
		this.found = found;
		this.allowed = allowed;
	}

	/**
	 * Puts a member name or index before the path.
	 * @return this
	 */
	MalformedJsonException below(String name) {
		this.path = ContentRules.pointer("", name) + this.path;
		return this;
	}

	InvalidMessageException refusal() {
		return new InvalidMessageException(Reason.MALFORMED,
				List.of(new Violation(this.path, this.found, this.allowed)), null, null);
	}

}
