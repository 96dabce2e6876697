package io.agentflow.messaging.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The streams of the backbone, in the order in which they are made.
 *
 * @param streams the streams, their names all different
 */
public record StreamTopology(List<StreamSpec> streams) {

	/** Name of the stream of workflows and agents. */
	public static final String MESSAGES = "AF_MESSAGES";

	/** Name of the stream of tool calls. */
	public static final String TOOLS = "AF_TOOLS";

	/** Name of the stream of control and health. */
	public static final String SYSTEM = "AF_SYSTEM";

	/** Name of the stream of what could not be handled. */
	public static final String DEAD_LETTERS = "AF_DEAD_LETTERS";

	/** Name of the stream of the broker's notices. */
	public static final String ADVISORIES = "AF_ADVISORIES";

	private static final long GIGABYTE = 1L << 30;

	/** Room for some 200,000 notices. */
	private static final long ADVISORY_BYTES = 64L << 20;

	private static final StreamTopology DEFAULTS = new StreamTopology(
			List.of(limited(StreamSpec.of(MESSAGES, "workflows.*.*", "agents.*.*").withGroup("messages"), 7, 10),
					limited(StreamSpec.of(TOOLS, "tools.*").withGroup("tools"), 30, 5),
					limited(StreamSpec.of(SYSTEM, "system.*").withGroup("system"), 1, 1),
					limited(StreamSpec.of(DEAD_LETTERS, "dead.>").withGroup("dead-letters"), 30, 1)));

	/**
	 * Checks that no two streams have the same name.
	 */
	public StreamTopology {
		streams = List.copyOf(streams);
		Set<String> names = new HashSet<>();
		for (StreamSpec stream : streams) {
			Assert.isTrue(names.add(stream.name()), () -> "Two streams are named " + stream.name());
		}
	}

	/**
	 * Returns the four streams of the contract.
	 * @return {@code AF_MESSAGES}, {@code AF_TOOLS}, {@code AF_SYSTEM} and
	 * {@code AF_DEAD_LETTERS}
	 */
	public static StreamTopology defaults() {
		return DEFAULTS;
	}

	/**
	 * Returns the same streams and one more, which takes the place of one of the same
	 * name.
	 * @param stream the stream
	 * @return the topology
	 */
	public StreamTopology with(StreamSpec stream) {
		List<StreamSpec> all = new ArrayList<>(this.streams);
		int place = all.stream().map(StreamSpec::name).toList().indexOf(stream.name());
		if (place < 0) {
			all.add(stream);
		}
		else {
			all.set(place, stream);
		}
		return new StreamTopology(all);
	}

	/**
	 * Returns the stream of the broker's notices about messages of these streams that it
	 * has stopped to deliver ({@code max_deliver} of a consumer is reached). It is none
	 * of the topology's own: an application can do without it. Left out are the dead
	 * letters, which would become dead letters of their own.
	 * @return {@code AF_ADVISORIES}: 30 days, as long as the dead letters, 64 MB
	 */
	public StreamSpec advisories() {
		String[] subjects = this.streams.stream()
			.map(StreamSpec::name)
			.filter((name) -> !name.equals(DEAD_LETTERS))
			.map((name) -> StreamSpec.ADVISORY_PREFIX + "CONSUMER.MAX_DELIVERIES." + name + ".*")
			.toArray(String[]::new);
		return StreamSpec.of(ADVISORIES, subjects)
			.withGroup("advisories")
			.withMaxAge(Duration.ofDays(30))
			.withMaxBytes(ADVISORY_BYTES);
	}

	/**
	 * Finds the stream that keeps what a subject or filter selects.
	 * @param filter a subject, or a filter
	 * @return the stream, or {@code null} if none keeps all of it
	 */
	public @Nullable StreamSpec streamFor(String filter) {
		for (StreamSpec stream : this.streams) {
			if (stream.covers(filter)) {
				return stream;
			}
		}
		return null;
	}

	private static StreamSpec limited(StreamSpec stream, int days, long gigabytes) {
		return stream.withMaxAge(Duration.ofDays(days)).withMaxBytes(gigabytes * GIGABYTE);
	}

}
