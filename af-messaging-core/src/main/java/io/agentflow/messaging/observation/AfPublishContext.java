package io.agentflow.messaging.observation;

import org.jspecify.annotations.Nullable;

import io.agentflow.messaging.AfMessage;
import io.micrometer.observation.transport.SenderContext;
import io.nats.client.impl.Headers;

/**
 * What an observation of a publish knows. Used by one publish; not thread-safe beyond
 * that publish's own hand-overs.
 */
public class AfPublishContext extends SenderContext<Headers> {

	private boolean ended;

	private final String subject;

	private AfMessage<?> message;

	private @Nullable String envelopeHash;

	private int bodySize = -1;

	private @Nullable String server;

	private @Nullable String stream;

	private long sequence;

	/**
	 * Creates the context.
	 * @param headers headers to carry the trace context
	 * @param subject where the message goes
	 * @param message the message
	 */
	public AfPublishContext(Headers headers, String subject, AfMessage<?> message) {
		super(NatsHeaders.SETTER);
		setCarrier(headers);
		setRemoteServiceName("nats");
		this.subject = subject;
		this.message = message;
	}

	/**
	 * Notes what goes over the wire.
	 * @param sent the message with its trace ids
	 * @param hash its hash
	 * @param size its size in bytes
	 */
	public void encoded(AfMessage<?> sent, String hash, int size) {
		this.message = sent;
		this.envelopeHash = hash;
		this.bodySize = size;
	}

	/**
	 * Notes where the message is stored.
	 * @param storedIn the stream
	 * @param at its sequence there
	 */
	public void stored(String storedIn, long at) {
		this.stream = storedIn;
		this.sequence = at;
	}

	/**
	 * Returns where the message goes.
	 * @return the subject
	 */
	public String subject() {
		return this.subject;
	}

	/**
	 * Returns the message.
	 * @return the message, with its trace ids once it is encoded
	 */
	public AfMessage<?> message() {
		return this.message;
	}

	/**
	 * Returns the hash.
	 * @return the hash, or {@code null} before the message is encoded
	 */
	public @Nullable String envelopeHash() {
		return this.envelopeHash;
	}

	/**
	 * Returns the size of the encoded message.
	 * @return bytes, or -1 before it is encoded
	 */
	public int bodySize() {
		return this.bodySize;
	}

	/**
	 * Returns the server that it was sent to.
	 * @return {@code host:port}, or {@code null} if not known
	 */
	public @Nullable String server() {
		return this.server;
	}

	/**
	 * Sets the server that it is sent to.
	 * @param hostAndPort {@code host:port}, or {@code null}
	 */
	public void setServer(@Nullable String hostAndPort) {
		this.server = hostAndPort;
	}

	/**
	 * Returns the stream that keeps the message.
	 * @return its name, or {@code null} before it is stored
	 */
	public @Nullable String stream() {
		return this.stream;
	}

	/**
	 * Returns the sequence in the stream.
	 * @return the sequence, 0 before it is stored
	 */
	public long sequence() {
		return this.sequence;
	}

	/**
	 * Tells whether it has ended, and all that is to be known of it is known.
	 * @return whether it has
	 */
	public boolean isEnded() {
		return this.ended;
	}

	void end() {
		this.ended = true;
	}

}
