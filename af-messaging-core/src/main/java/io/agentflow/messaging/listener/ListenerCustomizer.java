package io.agentflow.messaging.listener;

/**
 * Changes listeners before they are registered: those of {@link AfListener} methods and
 * those registered by hand. Called once for each, in the order of the customizers; may
 * look at {@link ListenerSpec#id()} to change some and leave others alone.
 */
@FunctionalInterface
public interface ListenerCustomizer {

	/**
	 * Changes a listener.
	 * @param spec the listener as it was written, or as the customizer before left it
	 * @return the listener to register, for instance of {@code spec.toBuilder()}
	 */
	ListenerSpec customize(ListenerSpec spec);

}
