package io.agentflow.messaging.stream;

import java.time.Duration;
import java.util.List;

import org.springframework.util.Assert;

import io.agentflow.messaging.Subjects;

/**
 * What one stream is to be like. Everything that is not said here is left as the server
 * has it.
 *
 * @param group name of the group of properties that sets this stream, for messages about
 * it: {@code messages} for {@code af.bus.streams.messages.*}
 * @param name the stream's name on the server
 * @param subjects filters of the subjects that it keeps, at least one
 * @param storage where it keeps them
 * @param maxAge how long it keeps a message; zero for ever
 * @param maxBytes most bytes that it keeps; -1 for no limit
 * @param maxMessageSize largest message that it takes, headers included; -1 for no limit
 * but the server's
 * @param replicas on how many servers of the cluster each message is kept: 1, 3 or 5
 * @param duplicateWindow for how long a second message of the same id is dropped
 * @param discard what to do when it is full
 */
public record StreamSpec(String group, String name, List<String> subjects, Storage storage, Duration maxAge,
		long maxBytes, long maxMessageSize, int replicas, Duration duplicateWindow, Discard discard) {

	/** What the subjects of the broker's notices start with. */
	static final String ADVISORY_PREFIX = "$JS.EVENT.ADVISORY.";

	private static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(2);

	private static final int MAX_REPLICAS = 5;

	/**
	 * Where a stream keeps its messages.
	 */
	public enum Storage {

		/** On disk. */
		FILE,

		/** In memory: gone when the server ends. */
		MEMORY

	}

	/**
	 * What a full stream does with the next message.
	 */
	public enum Discard {

		/** Drops the oldest ones to make room. */
		OLD,

		/** Refuses the new one. */
		NEW

	}

	/**
	 * Checks the bounds that hold for every server.
	 */
	public StreamSpec {
		Assert.hasText(group, "StreamSpec: group must not be empty");
		Assert.isTrue(Subjects.isToken(name), () -> "Not a usable stream name: " + name + ". Use [A-Za-z0-9_-]");
		subjects = List.copyOf(subjects);
		Assert.notEmpty(subjects, () -> "Stream " + name + ": at least one subject is needed");
		subjects.forEach(StreamSpec::requireSubject);
		Assert.isTrue(!maxAge.isNegative(), () -> "Stream " + name + ": max-age must not be negative");
		Assert.isTrue(maxBytes == -1 || maxBytes > 0, () -> "Stream " + name + ": max-bytes must be positive, or -1");
		Assert.isTrue(maxMessageSize == -1 || maxMessageSize > 0,
				() -> "Stream " + name + ": max-message-size must be positive, or -1");
		Assert.isTrue(replicas >= 1 && replicas <= MAX_REPLICAS,
				() -> "Stream " + name + ": replicas must be between 1 and " + MAX_REPLICAS);
		Assert.isTrue(!duplicateWindow.isNegative(),
				() -> "Stream " + name + ": duplicate-window must not be negative");
		// The server refuses a window that is longer than a message lives.
		duplicateWindow = (!maxAge.isZero() && duplicateWindow.compareTo(maxAge) > 0) ? maxAge : duplicateWindow;
	}

	/**
	 * A stream may keep the broker's notices beside messages, and nothing else of the
	 * broker's own.
	 */
	private static void requireSubject(String filter) {
		Subjects
			.requireFilter(filter.startsWith(ADVISORY_PREFIX) ? filter.substring(ADVISORY_PREFIX.length()) : filter);
	}

	/**
	 * Starts a stream of one's own: on disk, without limits, one replica, duplicates
	 * dropped for two minutes.
	 * @param name the stream's name
	 * @param subjects filters of its subjects
	 * @return the specification
	 */
	public static StreamSpec of(String name, String... subjects) {
		return new StreamSpec(name, name, List.of(subjects), Storage.FILE, Duration.ZERO, -1, -1, 1, DUPLICATE_WINDOW,
				Discard.OLD);
	}

	/**
	 * Returns the same stream under another group of properties.
	 * @param other the group's name
	 * @return the specification
	 */
	public StreamSpec withGroup(String other) {
		return new StreamSpec(other, this.name, this.subjects, this.storage, this.maxAge, this.maxBytes,
				this.maxMessageSize, this.replicas, this.duplicateWindow, this.discard);
	}

	/**
	 * Returns the same stream with other subjects.
	 * @param other filters of the subjects
	 * @return the specification
	 */
	public StreamSpec withSubjects(List<String> other) {
		return new StreamSpec(this.group, this.name, other, this.storage, this.maxAge, this.maxBytes,
				this.maxMessageSize, this.replicas, this.duplicateWindow, this.discard);
	}

	/**
	 * Returns the same stream kept elsewhere.
	 * @param other where to keep the messages
	 * @return the specification
	 */
	public StreamSpec withStorage(Storage other) {
		return new StreamSpec(this.group, this.name, this.subjects, other, this.maxAge, this.maxBytes,
				this.maxMessageSize, this.replicas, this.duplicateWindow, this.discard);
	}

	/**
	 * Returns the same stream with another age limit.
	 * @param other how long to keep a message; zero for ever
	 * @return the specification
	 */
	public StreamSpec withMaxAge(Duration other) {
		return new StreamSpec(this.group, this.name, this.subjects, this.storage, other, this.maxBytes,
				this.maxMessageSize, this.replicas, this.duplicateWindow, this.discard);
	}

	/**
	 * Returns the same stream with another size limit.
	 * @param other most bytes to keep; -1 for no limit
	 * @return the specification
	 */
	public StreamSpec withMaxBytes(long other) {
		return new StreamSpec(this.group, this.name, this.subjects, this.storage, this.maxAge, other,
				this.maxMessageSize, this.replicas, this.duplicateWindow, this.discard);
	}

	/**
	 * Returns the same stream with another limit for one message.
	 * @param other largest message in bytes, headers included; -1 for the server's limit
	 * @return the specification
	 */
	public StreamSpec withMaxMessageSize(long other) {
		return new StreamSpec(this.group, this.name, this.subjects, this.storage, this.maxAge, this.maxBytes, other,
				this.replicas, this.duplicateWindow, this.discard);
	}

	/**
	 * Returns the same stream on another number of servers.
	 * @param other 1, 3 or 5
	 * @return the specification
	 */
	public StreamSpec withReplicas(int other) {
		return new StreamSpec(this.group, this.name, this.subjects, this.storage, this.maxAge, this.maxBytes,
				this.maxMessageSize, other, this.duplicateWindow, this.discard);
	}

	/**
	 * Returns the same stream with another duplicate window.
	 * @param other for how long to drop a second message of the same id; cut to the age
	 * limit
	 * @return the specification
	 */
	public StreamSpec withDuplicateWindow(Duration other) {
		return new StreamSpec(this.group, this.name, this.subjects, this.storage, this.maxAge, this.maxBytes,
				this.maxMessageSize, this.replicas, other, this.discard);
	}

	/**
	 * Returns the same stream with another rule for when it is full.
	 * @param other what to do with the next message
	 * @return the specification
	 */
	public StreamSpec withDiscard(Discard other) {
		return new StreamSpec(this.group, this.name, this.subjects, this.storage, this.maxAge, this.maxBytes,
				this.maxMessageSize, this.replicas, this.duplicateWindow, other);
	}

	/**
	 * Tells whether this stream keeps what a subject or filter selects.
	 * @param filter a subject, or a filter
	 * @return whether all of it is kept here
	 */
	public boolean covers(String filter) {
		return this.subjects.stream().anyMatch((own) -> Subjects.covers(own, filter));
	}

}
