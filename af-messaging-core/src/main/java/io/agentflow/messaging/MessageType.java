package io.agentflow.messaging;

import org.jspecify.annotations.Nullable;

/**
 * What a message asks of the one who receives it. The set only grows: a value is never
 * removed and never changes its meaning.
 */
public enum MessageType {

	/**
	 * Asks for a {@link #RESPONSE}.
	 */
	REQUEST("request"),

	/**
	 * Answers a {@link #REQUEST}; carries its correlation id.
	 */
	RESPONSE("response"),

	/**
	 * Tells that something happened; nobody answers.
	 */
	EVENT("event"),

	/**
	 * Steers agents and workflows: pause, resume, cancel.
	 */
	CONTROL("control");

	private static final MessageType[] VALUES = values();

	private final String wireName;

	MessageType(String wireName) {
		this.wireName = wireName;
	}

	/**
	 * Returns the value of the member {@code type} on the wire.
	 * @return the name in lower case
	 */
	public String wireName() {
		return this.wireName;
	}

	/**
	 * Finds a type by its name on the wire.
	 * @param wireName the value of the member {@code type}; letter case counts
	 * @return the type, or {@code null} if there is none of that name
	 */
	public static @Nullable MessageType fromWireName(@Nullable String wireName) {
		for (MessageType type : VALUES) {
			if (type.wireName.equals(wireName)) {
				return type;
			}
		}
		return null;
	}

}
