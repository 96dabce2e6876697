package io.agentflow.messaging.sample;

import java.io.Console;

/**
 * Tells whether a person watches standard output.
 */
final class Terminal {

	private Terminal() {
	}

	static boolean isPresent() {
		Console console = System.console();
		if (console == null) {
			return false;
		}
		try {
			// From Java 22 on there is a console even without a terminal; it says so by a
			// method that earlier ones do not have.
			return (boolean) Console.class.getMethod("isTerminal").invoke(console);
		}
		catch (NoSuchMethodException ex) {
			return true;
		}
		catch (ReflectiveOperationException ex) {
			return false;
		}
	}

}
