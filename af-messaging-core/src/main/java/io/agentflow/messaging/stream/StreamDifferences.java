package io.agentflow.messaging.stream;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.PersistMode;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

/**
 * Compares specifications with what a server has, and turns the one into the other.
 */
final class StreamDifferences {

	private StreamDifferences() {
	}

	/**
	 * Lists what differs. A subject that the server has beyond the specification is no
	 * difference.
	 */
	static List<Difference> between(StreamSpec spec, StreamConfiguration actual) {
		List<Difference> found = new ArrayList<>();
		List<String> missing = new ArrayList<>(spec.subjects());
		missing.removeAll(actual.getSubjects());
		if (!missing.isEmpty()) {
			found.add(new Difference("subjects", actual.getSubjects().toString(), "also " + missing));
		}
		compare(found, "storage", actual.getStorageType(), storage(spec));
		compare(found, "retention", actual.getRetentionPolicy(), RetentionPolicy.Limits);
		compare(found, "max-age", actual.getMaxAge(), spec.maxAge());
		compare(found, "max-bytes", actual.getMaxBytes(), spec.maxBytes());
		compare(found, "max-message-size", (long) actual.getMaximumMessageSize(), spec.maxMessageSize());
		compare(found, "replicas", actual.getReplicas(), spec.replicas());
		compare(found, "duplicate-window", actual.getDuplicateWindow(), spec.duplicateWindow());
		compare(found, "discard", actual.getDiscardPolicy(), discard(spec));
		compare(found, "no-ack", actual.getNoAck(), false);
		if (actual.getPersistMode() == PersistMode.Async) {
			found.add(new Difference("persist-mode", "async", "default"));
		}
		return found;
	}

	static StreamConfiguration create(StreamSpec spec) {
		return apply(StreamConfiguration.builder().name(spec.name()).allowDirect(true), spec).subjects(spec.subjects())
			.build();
	}

	static StreamConfiguration update(StreamSpec spec, StreamConfiguration actual) {
		Set<String> subjects = new LinkedHashSet<>(actual.getSubjects());
		subjects.addAll(spec.subjects());
		return apply(StreamConfiguration.builder(actual), spec).subjects(subjects).build();
	}

	private static StreamConfiguration.Builder apply(StreamConfiguration.Builder target, StreamSpec spec) {
		return target.storageType(storage(spec))
			.retentionPolicy(RetentionPolicy.Limits)
			.maxAge(spec.maxAge())
			.maxBytes(spec.maxBytes())
			.maximumMessageSize((int) spec.maxMessageSize())
			.replicas(spec.replicas())
			.duplicateWindow(spec.duplicateWindow())
			.discardPolicy(discard(spec))
			.noAck(false);
	}

	private static void compare(List<Difference> found, String property, Object actual, Object wanted) {
		if (!actual.equals(wanted)) {
			found.add(new Difference(property, actual.toString(), wanted.toString()));
		}
	}

	private static StorageType storage(StreamSpec spec) {
		return (spec.storage() == StreamSpec.Storage.MEMORY) ? StorageType.Memory : StorageType.File;
	}

	private static DiscardPolicy discard(StreamSpec spec) {
		return (spec.discard() == StreamSpec.Discard.NEW) ? DiscardPolicy.New : DiscardPolicy.Old;
	}

}
