package io.agentflow.messaging.failure;

import java.util.List;

import io.agentflow.messaging.AfMessagingException;

/**
 * A payload was refused by bean validation. Names properties and rules; rejected values
 * are left out, as messages end in logs. Trying again does not help.
 */
public class PayloadValidationException extends AfMessagingException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param type simple name of the payload's class
	 * @param violations each {@code property: rule}
	 */
	public PayloadValidationException(String type, List<String> violations) {
		super("Payload " + type + " is not valid: " + String.join("; ", violations));
	}

}
