package io.agentflow.messaging;

import com.github.f4b6a3.ulid.UlidFactory;

/**
 * Message ids: ULIDs that rise strictly within this process, also within a millisecond
 * and when the clock steps back a little.
 */
final class Ulids {

	private static final UlidFactory FACTORY = UlidFactory.newMonotonicInstance();

	private Ulids() {
	}

	static String next(long epochMillis) {
		return FACTORY.create(epochMillis).toString();
	}

}
