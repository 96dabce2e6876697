package io.agentflow.messaging.codec;

import org.springframework.util.Assert;

/**
 * How large a message and its parts may be, written or read. What is larger is refused
 * before it costs memory.
 *
 * @param maxBytes longest message in bytes, 1 or more; the server's {@code max_payload}
 * is the natural value
 * @param maxDepth deepest nesting of objects and arrays, the message itself counted, from
 * 2 to 1000 (each level costs stack)
 * @param maxStringLength longest text or member name in characters, 128 or more
 * @param maxNumberLength most digits of a number, from 32 (the longest canonical number
 * has 22) to 10 000
 */
public record CodecLimits(int maxBytes, int maxDepth, int maxStringLength, int maxNumberLength) {

	private static final CodecLimits DEFAULTS = new CodecLimits(1 << 20, 64, 1 << 26, 1000);

	/**
	 * Checks the bounds.
	 */
	public CodecLimits {
		Assert.isTrue(maxBytes >= 1, () -> "CodecLimits: maxBytes must be 1 or more, not " + maxBytes);
		Assert.isTrue(maxDepth >= 2 && maxDepth <= 1000,
				() -> "CodecLimits: maxDepth must be from 2 to 1000, not " + maxDepth);
		Assert.isTrue(maxStringLength >= 128,
				() -> "CodecLimits: maxStringLength must be 128 or more, not " + maxStringLength);
		Assert.isTrue(maxNumberLength >= 32 && maxNumberLength <= 10_000,
				() -> "CodecLimits: maxNumberLength must be from 32 to 10000, not " + maxNumberLength);
	}

	/**
	 * Returns the limits that hold where nothing else is said.
	 * @return 1 MiB (the default {@code max_payload} of a server), depth 64, texts as
	 * long as the largest message that a server can be set to take (64 MiB), numbers of
	 * 1000 digits
	 */
	public static CodecLimits defaults() {
		return DEFAULTS;
	}

	/**
	 * Returns these limits with another message size.
	 * @param bytes longest message in bytes
	 * @return the limits
	 */
	public CodecLimits withMaxBytes(int bytes) {
		return new CodecLimits(bytes, this.maxDepth, this.maxStringLength, this.maxNumberLength);
	}

	/**
	 * Returns these limits with another depth.
	 * @param depth deepest nesting
	 * @return the limits
	 */
	public CodecLimits withMaxDepth(int depth) {
		return new CodecLimits(this.maxBytes, depth, this.maxStringLength, this.maxNumberLength);
	}

	/**
	 * Returns these limits with another length of texts and names.
	 * @param length longest text in characters
	 * @return the limits
	 */
	public CodecLimits withMaxStringLength(int length) {
		return new CodecLimits(this.maxBytes, this.maxDepth, length, this.maxNumberLength);
	}

	/**
	 * Returns these limits with another length of numbers.
	 * @param length most digits of a number
	 * @return the limits
	 */
	public CodecLimits withMaxNumberLength(int length) {
		return new CodecLimits(this.maxBytes, this.maxDepth, this.maxStringLength, length);
	}

}
