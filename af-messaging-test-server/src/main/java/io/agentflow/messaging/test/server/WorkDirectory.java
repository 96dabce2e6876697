package io.agentflow.messaging.test.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A server's files: configuration, log, and the store unless the test has one of its own.
 */
final class WorkDirectory implements AutoCloseable {

	static final String LOG = "server.log";

	private static final String CONFIG = "server.conf";

	private final Path root;

	private final Path store;

	private WorkDirectory(Path root, Path store) {
		this.root = root;
		this.store = store;
	}

	static WorkDirectory create(@Nullable Path store) {
		try {
			Path root = Files.createTempDirectory("nats-server-");
			return new WorkDirectory(root, Objects.requireNonNullElse(store, root.resolve("store")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot make a directory for nats-server", ex);
		}
	}

	Path root() {
		return this.root;
	}

	Path store() {
		return this.store;
	}

	Path file(String name) {
		return this.root.resolve(name);
	}

	Path writeConfig(String text) {
		try {
			return Files.writeString(file(CONFIG), text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		if (!Files.exists(this.root)) {
			return;
		}
		try (Stream<Path> files = Files.walk(this.root)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
		catch (NoSuchFileException ex) {
			// Somebody else tidied up.
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot delete " + this.root, ex);
		}
	}

}
