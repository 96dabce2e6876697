package io.agentflow.messaging.test.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the nats-server executable, in this order: the environment variable
 * {@code NATS_SERVER}, the {@code PATH}, the cache that the project's {@code dev} script
 * fills ({@code agentflow-messaging/nats-server/<version>} in the user's XDG cache
 * directory, newest version first), and {@code go/bin} in the home directory.
 */
public final class NatsServerBinary {

	/** Names the executable outright. */
	public static final String VARIABLE = "NATS_SERVER";

	private static final String NAME = "nats-server";

	private final Map<String, String> environment;

	private final Path home;

	private final Function<Path, Optional<Path>> lastResort;

	NatsServerBinary(Map<String, String> environment, Path home, Function<Path, Optional<Path>> lastResort) {
		this.environment = environment;
		this.home = home;
		this.lastResort = lastResort;
	}

	/**
	 * Looks for the executable.
	 * @return the executable, or empty if there is none
	 * @throws IllegalStateException if {@code NATS_SERVER} is set to something that is
	 * not an executable file: a wrong setting is not passed over
	 */
	public static Optional<Path> find() {
		return here().search();
	}

	/**
	 * Looks for the executable and does not do without: where there is none, and a Docker
	 * engine on Linux, the one in the image {@code nats} is copied into the cache.
	 * @return the executable
	 * @throws IllegalStateException if there is none; the message says what to do
	 */
	public static Path require() {
		return here().searchOrFail();
	}

	Optional<Path> search() {
		String named = this.environment.getOrDefault(VARIABLE, "");
		if (!named.isBlank()) {
			return Optional.of(requireExecutable(Path.of(named)));
		}
		return fromPath().or(this::fromCache)
			.or(() -> Optional.of(this.home.resolve("go/bin").resolve(NAME)).filter(executable()));
	}

	Path searchOrFail() {
		return search().or(() -> this.lastResort.apply(cache()))
			.orElseThrow(() -> new IllegalStateException("No nats-server found: " + VARIABLE
					+ " is not set, neither the PATH, " + cache() + " nor " + this.home.resolve("go/bin")
					+ " has one, and no Docker engine on Linux gives the image nats:" + ImageBinary.VERSION
					+ ". Run './dev test' if this is the library's own build; else install nats-server so that it is on"
					+ " the PATH, or set " + VARIABLE + " to the executable"));
	}

	private static NatsServerBinary here() {
		return new NatsServerBinary(System.getenv(), Path.of(System.getProperty("user.home")), ImageBinary::copyTo);
	}

	private Optional<Path> fromPath() {
		return Stream.of(this.environment.getOrDefault("PATH", "").split(File.pathSeparator))
			.filter((directory) -> !directory.isBlank())
			.map((directory) -> Path.of(directory, NAME))
			.filter(executable())
			.findFirst();
	}

	private Optional<Path> fromCache() {
		if (!Files.isDirectory(cache())) {
			return Optional.empty();
		}
		try (Stream<Path> versions = Files.list(cache())) {
			return versions.sorted(newestFirst())
				.map((version) -> version.resolve(NAME))
				.filter(executable())
				.findFirst();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	private Path cache() {
		String xdg = this.environment.getOrDefault("XDG_CACHE_HOME", "");
		Path caches = xdg.isBlank() ? this.home.resolve(".cache") : Path.of(xdg);
		return caches.resolve("agentflow-messaging").resolve(NAME);
	}

	private static Comparator<Path> newestFirst() {
		return Comparator.comparing((Path directory) -> Version.parse(directory.getFileName().toString())).reversed();
	}

	private static Predicate<Path> executable() {
		return (path) -> Files.isRegularFile(path) && Files.isExecutable(path);
	}

	private static Path requireExecutable(Path path) {
		if (!executable().test(path)) {
			throw new IllegalStateException(VARIABLE + " names '" + path
					+ "', which is not an executable file. Correct it, or unset it to have the server looked for");
		}
		return path;
	}

}
