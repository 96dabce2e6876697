package io.agentflow.messaging.observation;

/**
 * Takes the times of publishes and deliveries that are not observed in full. Called on
 * the path of each message: return at once. Thread-safe.
 */
public interface MessageTimes {

	/** Takes none. */
	MessageTimes NONE = new MessageTimes() {

		@Override
		public void published(AfPublishContext context, long nanos) {
			// Nobody wants to know.
		}

		@Override
		public void processed(AfProcessContext context, long nanos) {
			// Nobody wants to know.
		}

	};

	/**
	 * A publish has ended.
	 * @param context what is known of it, its error included
	 * @param nanos how long it took, in nanoseconds
	 */
	void published(AfPublishContext context, long nanos);

	/**
	 * A delivery is settled.
	 * @param context what is known of it, its error included
	 * @param nanos how long it took, in nanoseconds
	 */
	void processed(AfProcessContext context, long nanos);

}
