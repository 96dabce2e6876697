package io.agentflow.messaging.codec;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 (FIPS 180-4) of bytes with a gap.
 */
final class Sha256 {

	private static final MessageDigest FRESH = lookUp();

	/** Making one, or copying one, costs much of what hashing a small message does. */
	private static final ThreadLocal<MessageDigest> OWN = ThreadLocal.withInitial(Sha256::copy);

	private Sha256() {
	}

	/**
	 * Hashes the first bytes of a buffer, leaving some out.
	 * @param bytes the buffer
	 * @param length how many bytes of it are in use
	 * @param cutFrom offset of the first byte to leave out
	 * @param cutTo offset behind the last byte to leave out
	 * @return 32 bytes
	 */
	static byte[] of(byte[] bytes, int length, int cutFrom, int cutTo) {
		MessageDigest digest = OWN.get();
		digest.update(bytes, 0, cutFrom);
		digest.update(bytes, cutTo, length - cutTo);
		return digest.digest();
	}

	/**
	 * Copies a fresh digest, which is much cheaper than looking one up. Copying only
	 * reads, so threads may share the original.
	 */
	private static MessageDigest copy() {
		try {
			return (MessageDigest) FRESH.clone();
		}
		catch (CloneNotSupportedException ex) {
			return lookUp();
		}
	}

	private static MessageDigest lookUp() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256, but this one", ex);
		}
	}

}
