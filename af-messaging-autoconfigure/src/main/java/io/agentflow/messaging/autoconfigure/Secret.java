package io.agentflow.messaging.autoconfigure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

import org.springframework.util.ResourceUtils;

import io.agentflow.messaging.AfMessagingException;

/**
 * A secret that a property holds, or that a file holds which the property names. A file
 * is read each time the secret is asked for, so that a rotated one is used by the next
 * connection.
 */
final class Secret implements Supplier<char[]> {

	private final String property;

	private final String value;

	private Secret(String property, String value) {
		this.property = property;
		this.value = value;
	}

	static Secret of(String property, String value) {
		return new Secret(property, value);
	}

	@Override
	public char[] get() {
		if (!this.value.startsWith(ResourceUtils.FILE_URL_PREFIX)) {
			return this.value.toCharArray();
		}
		Path file = Path.of(this.value.substring(ResourceUtils.FILE_URL_PREFIX.length()));
		try {
			return withoutLineEnd(StandardCharsets.UTF_8.decode(ByteBuffer.wrap(Files.readAllBytes(file))));
		}
		catch (IOException ex) {
			throw new AfMessagingException("The file " + file + " that " + this.property + " names cannot be read", ex);
		}
	}

	/**
	 * Editors and {@code echo} end files with a line feed that is no part of the secret.
	 */
	private static char[] withoutLineEnd(CharBuffer text) {
		int end = text.limit();
		while (end > 0 && (text.get(end - 1) == '\n' || text.get(end - 1) == '\r')) {
			end--;
		}
		return Arrays.copyOf(text.array(), end);
	}

	@Override
	public String toString() {
		return "Secret of " + this.property;
	}

}
