package io.agentflow.messaging.observation;

import org.jspecify.annotations.Nullable;

/**
 * The trace that the calling thread is in, as the application's tracer knows it.
 * Thread-safe.
 */
public interface CurrentTrace {

	/** For applications without a tracer. */
	CurrentTrace NONE = new CurrentTrace() {

		@Override
		public @Nullable TraceContext get() {
			return null;
		}

		@Override
		public MessageObservations.Scope open(TraceContext context) {
			return MessageObservations.Scope.NONE;
		}

		@Override
		public boolean mayRecord(@Nullable TraceContext parent) {
			return false;
		}

	};

	/**
	 * Returns the current span.
	 * @return its ids, or {@code null} outside of any trace
	 */
	@Nullable TraceContext get();

	/**
	 * Makes a span current that was made elsewhere.
	 * @param context its ids
	 * @return to be closed on the same thread, which restores what was current before
	 */
	MessageObservations.Scope open(TraceContext context);

	/**
	 * Tells whether a new span might be recorded, before it is made.
	 * @param parent ids of its parent, or {@code null} if it would start a trace
	 * @return {@code false} only if it certainly will not
	 */
	boolean mayRecord(@Nullable TraceContext parent);

}
