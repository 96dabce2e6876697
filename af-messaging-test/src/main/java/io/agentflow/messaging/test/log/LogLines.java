package io.agentflow.messaging.test.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * Reads lines as bytes, each as soon as its end is there, and never more of one than
 * fits. Not thread-safe.
 */
final class LogLines {

	private final InputStream in;

	private final int maxBytes;

	private final byte[] buffer = new byte[1 << 16];

	private int position;

	private int limit;

	private long number;

	private boolean cut;

	LogLines(InputStream in, int maxBytes) {
		this.in = in;
		this.maxBytes = maxBytes;
	}

	/**
	 * Waits for the next line.
	 * @return the line without its end, or {@code null} after the last
	 */
	byte @Nullable [] next() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		this.cut = false;
		boolean any = false;
		while (this.position < this.limit || fill()) {
			any = true;
			int end = this.position;
			while (end < this.limit && this.buffer[end] != '\n') {
				end++;
			}
			append(line, end);
			if (end < this.limit) {
				this.position = end + 1;
				break;
			}
			this.position = end;
		}
		this.number += any ? 1 : 0;
		return any ? line.toByteArray() : null;
	}

	/**
	 * Returns the number of the line that was read last.
	 * @return the number, from 1
	 */
	long number() {
		return this.number;
	}

	/**
	 * Tells whether the line that was read last did not fit.
	 */
	boolean isCut() {
		return this.cut;
	}

	private boolean fill() throws IOException {
		this.position = 0;
		this.limit = Math.max(0, this.in.read(this.buffer));
		return this.limit > 0;
	}

	private void append(ByteArrayOutputStream line, int end) {
		int room = this.maxBytes - line.size();
		int length = end - this.position;
		this.cut |= length > room;
		line.write(this.buffer, this.position, Math.min(length, room));
	}

}
