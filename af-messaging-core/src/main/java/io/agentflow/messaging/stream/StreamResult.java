package io.agentflow.messaging.stream;

import java.util.List;

/**
 * What provisioning found and did about one stream or consumer.
 *
 * @param name the stream's or consumer's name
 * @param action what was done
 * @param differences what differed before, and after {@link Action#LEFT_DIFFERENT} still
 * does
 */
public record StreamResult(String name, Action action, List<Difference> differences) {

	/**
	 * What was done.
	 */
	public enum Action {

		/** It was not there and was made. */
		CREATED,

		/** It was there and as specified. */
		UNCHANGED,

		/** It was changed to what is specified. */
		UPDATED,

		/** It differs and was left so, as the mode says. */
		LEFT_DIFFERENT

	}
}
