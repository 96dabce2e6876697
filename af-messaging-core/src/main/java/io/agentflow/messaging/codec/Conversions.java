package io.agentflow.messaging.codec;

import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import io.agentflow.messaging.codec.InvalidMessageException.Reason;
import io.agentflow.messaging.codec.InvalidMessageException.Violation;

/**
 * Words for failed conversions. What a mapper threw is not passed on as it is, since its
 * messages quote the payload; its classes and stack traces are.
 */
final class Conversions {

	private static final int LONGEST_CHAIN = 10;

	private Conversions() {
	}

	/**
	 * Takes a payload that every mapper writes alike.
	 * @return its tree, or {@code null} if it takes a mapper
	 */
	static @Nullable JsonNode withoutMapper(Object payload) {
		if (payload instanceof JsonNode tree) {
			return tree;
		}
		return (payload instanceof String text) ? StringNode.valueOf(text) : null;
	}

	/**
	 * Tells whether a tree is to be handed over as it is.
	 */
	static boolean isWanted(JsonNode tree, Type type) {
		return type instanceof Class<?> wanted && wanted != Object.class && wanted.isInstance(tree);
	}

	static PayloadConversionException failedToWrite(Class<?> type, String pointer, Throwable cause) {
		return new PayloadConversionException(
				"The payload, a " + type.getTypeName() + ", cannot be written as JSON" + at(pointer) + " ("
						+ cause.getClass().getSimpleName() + "). Give it properties that the payload mapper knows",
				withoutMessage(cause, 0));
	}

	static InvalidMessageException duplicateMember(String pointer) {
		return new InvalidMessageException(Reason.MALFORMED, List
			.of(new Violation("/payload" + pointer, "a member name that is there twice", "each member name once")),
				null, null);
	}

	static PayloadConversionException failedToRead(Type type, String pointer, Throwable cause) {
		return new PayloadConversionException(
				"The payload cannot be read as " + type.getTypeName() + at(pointer) + " ("
						+ cause.getClass().getSimpleName()
						+ "). Let the handler take a type that fits the payload, or JsonNode",
				withoutMessage(cause, 0));
	}

	private static String at(String pointer) {
		return pointer.isEmpty() ? "" : " at " + pointer;
	}

	private static @Nullable Throwable withoutMessage(@Nullable Throwable original, int depth) {
		if (original == null || depth == LONGEST_CHAIN) {
			return null;
		}
		Throwable copy = new MessageFreeException(original.getClass().getName(),
				withoutMessage(original.getCause(), depth + 1));
		copy.setStackTrace(original.getStackTrace());
		return copy;
	}

	/**
	 * Stands for another exception whose message may hold content.
	 */
	private static final class MessageFreeException extends Exception {

		private static final long serialVersionUID = 1L;

		MessageFreeException(String originalClass, @Nullable Throwable cause) {
			super(originalClass + " (its message is withheld: it may quote the payload)", cause);
		}

	}

}
