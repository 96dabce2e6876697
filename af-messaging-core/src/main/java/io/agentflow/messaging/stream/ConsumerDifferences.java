package io.agentflow.messaging.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import io.nats.client.api.ConsumerConfiguration;

/**
 * Compares consumers, and only in what the wanted configuration sets.
 */
final class ConsumerDifferences {

	private ConsumerDifferences() {
	}

	static List<Difference> between(ConsumerConfiguration wanted, ConsumerConfiguration actual) {
		List<Difference> found = new ArrayList<>();
		compare(found, "filter-subjects", filters(actual), filters(wanted));
		if (wanted.deliverPolicyWasSet()) {
			compare(found, "deliver-policy", actual.getDeliverPolicy(), wanted.getDeliverPolicy());
		}
		if (wanted.ackPolicyWasSet()) {
			compare(found, "ack-policy", actual.getAckPolicy(), wanted.getAckPolicy());
		}
		if (wanted.replayPolicyWasSet()) {
			compare(found, "replay-policy", actual.getReplayPolicy(), wanted.getReplayPolicy());
		}
		if (wanted.getAckWait() != null) {
			compare(found, "ack-wait", actual.getAckWait(), wanted.getAckWait());
		}
		if (wanted.maxDeliverWasSet()) {
			compare(found, "max-deliver", actual.getMaxDeliver(), wanted.getMaxDeliver());
		}
		if (wanted.maxAckPendingWasSet()) {
			compare(found, "max-ack-pending", actual.getMaxAckPending(), wanted.getMaxAckPending());
		}
		if (wanted.numReplicasWasSet()) {
			compare(found, "replicas", actual.getNumReplicas(), wanted.getNumReplicas());
		}
		if (wanted.getInactiveThreshold() != null) {
			compare(found, "inactive-threshold", String.valueOf(actual.getInactiveThreshold()),
					wanted.getInactiveThreshold().toString());
		}
		return found;
	}

	/**
	 * Lays what is wanted over what is there.
	 */
	static ConsumerConfiguration update(ConsumerConfiguration wanted, ConsumerConfiguration actual) {
		ConsumerConfiguration.Builder merged = ConsumerConfiguration.builder(actual)
			.filterSubjects(List.copyOf(filters(wanted)));
		if (wanted.deliverPolicyWasSet()) {
			merged.deliverPolicy(wanted.getDeliverPolicy());
		}
		if (wanted.ackPolicyWasSet()) {
			merged.ackPolicy(wanted.getAckPolicy());
		}
		if (wanted.replayPolicyWasSet()) {
			merged.replayPolicy(wanted.getReplayPolicy());
		}
		if (wanted.getAckWait() != null) {
			merged.ackWait(wanted.getAckWait());
		}
		if (wanted.maxDeliverWasSet()) {
			merged.maxDeliver(wanted.getMaxDeliver());
		}
		if (wanted.maxAckPendingWasSet()) {
			merged.maxAckPending(wanted.getMaxAckPending());
		}
		if (wanted.numReplicasWasSet()) {
			merged.numReplicas(wanted.getNumReplicas());
		}
		if (wanted.getInactiveThreshold() != null) {
			merged.inactiveThreshold(wanted.getInactiveThreshold());
		}
		return merged.build();
	}

	private static TreeSet<String> filters(ConsumerConfiguration configuration) {
		List<String> filters = configuration.getFilterSubjects();
		return new TreeSet<>((filters != null) ? filters : List.of());
	}

	private static void compare(List<Difference> found, String property, Object actual, Object wanted) {
		if (!actual.equals(wanted)) {
			found.add(new Difference(property, actual.toString(), wanted.toString()));
		}
	}

}
