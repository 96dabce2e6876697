package io.agentflow.messaging.stream;

/**
 * One property in which the server and the specification differ.
 *
 * @param property the property's name, as in {@code af.bus.streams.<group>.<property>}
 * @param actual what the server has
 * @param wanted what is specified
 */
public record Difference(String property, String actual, String wanted) {

	@Override
	public String toString() {
		return this.property + " is " + this.actual + ", wanted " + this.wanted;
	}

}
