package io.agentflow.messaging.test.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the server printed, over all its runs. A mark parts what one step made it print
 * from what was there before.
 */
final class ServerLog {

	private static final int TAIL = 4_000;

	private final Path file;

	private int mark;

	ServerLog(Path file) {
		this.file = file;
	}

	Path file() {
		return this.file;
	}

	String text() {
		return new String(bytes(), StandardCharsets.UTF_8);
	}

	void mark() {
		this.mark = bytes().length;
	}

	String sinceMark() {
		byte[] bytes = bytes();
		int from = Math.min(this.mark, bytes.length);
		return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
	}

	String tail() {
		String text = text();
		return (text.length() > TAIL) ? "…" + text.substring(text.length() - TAIL) : text;
	}

	private byte[] bytes() {
		try {
			return Files.exists(this.file) ? Files.readAllBytes(this.file) : new byte[0];
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read the log of nats-server", ex);
		}
	}

}
