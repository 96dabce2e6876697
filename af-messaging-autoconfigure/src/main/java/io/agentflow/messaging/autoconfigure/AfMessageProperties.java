package io.agentflow.messaging.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

import io.agentflow.messaging.codec.CanonicalForm;
import io.agentflow.messaging.codec.Verification;

/**
 * Properties of the message contract.
 */
@ConfigurationProperties("af.message")
public class AfMessageProperties {

	/**
	 * Form in which messages are written and hashed.
	 */
	private CanonicalForm canonicalForm = CanonicalForm.JCS;

	/**
	 * What the hash of a received message is compared with.
	 */
	private Verification verification = Verification.BYTES;

	/**
	 * Whether received messages without envelope_hash are refused.
	 */
	private boolean requireHash = true;

	/**
	 * Library that turns payloads into JSON and back.
	 */
	private PayloadMapperKind payloadMapper = PayloadMapperKind.AUTO;

	/**
	 * Deepest nesting of objects and arrays in a message.
	 */
	private int maxDepth = 64;

	/**
	 * Longest text or member name in characters.
	 */
	private int maxStringLength = 67_108_864;

	/**
	 * Longest number in characters.
	 */
	private int maxNumberLength = 1000;

	/**
	 * Largest message that is written or read. Defaults to the server's own limit, which
	 * holds where it is lower.
	 */
	private @Nullable DataSize maxSize;

	public CanonicalForm getCanonicalForm() {
		return this.canonicalForm;
	}

	public void setCanonicalForm(CanonicalForm canonicalForm) {
		this.canonicalForm = canonicalForm;
	}

	public Verification getVerification() {
		return this.verification;
	}

	public void setVerification(Verification verification) {
		this.verification = verification;
	}

	public boolean isRequireHash() {
		return this.requireHash;
	}

	public void setRequireHash(boolean requireHash) {
		this.requireHash = requireHash;
	}

	public PayloadMapperKind getPayloadMapper() {
		return this.payloadMapper;
	}

	public void setPayloadMapper(PayloadMapperKind payloadMapper) {
		this.payloadMapper = payloadMapper;
	}

	public int getMaxDepth() {
		return this.maxDepth;
	}

	public void setMaxDepth(int maxDepth) {
		this.maxDepth = maxDepth;
	}

	public int getMaxStringLength() {
		return this.maxStringLength;
	}

	public void setMaxStringLength(int maxStringLength) {
		this.maxStringLength = maxStringLength;
	}

	public int getMaxNumberLength() {
		return this.maxNumberLength;
	}

	public void setMaxNumberLength(int maxNumberLength) {
		this.maxNumberLength = maxNumberLength;
	}

	public @Nullable DataSize getMaxSize() {
		return this.maxSize;
	}

	public void setMaxSize(@Nullable DataSize maxSize) {
		this.maxSize = maxSize;
	}

	/**
	 * Library for payloads.
	 */
	public enum PayloadMapperKind {

		/** The application's JsonMapper of Jackson 3, or one with Jackson's defaults. */
		AUTO,

		/** Jackson 3. */
		JACKSON3,

		/** Jackson 2, which the application brings. */
		JACKSON2

	}

}
