package io.agentflow.messaging.codec;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * Writes an envelope once, with room for the hash at its sorted place, then hashes what
 * lies on both sides of it and fills it in.
 */
final class SealedWriter extends CanonicalWriter {

	private static final byte[] OPENING = ("\"" + EnvelopeHash.MEMBER + "\":\"").getBytes(StandardCharsets.US_ASCII);

	private int cutFrom;

	private int cutTo;

	private int digitsAt;

	SealedWriter(CanonicalForm form, int maxDepth, PayloadMapper mapper) {
		super(form, maxDepth, mapper);
	}

	/**
	 * Leaves room for the hash, at the place of a member that another one follows.
	 */
	void room() {
		this.cutFrom = position();
		member();
		ascii((byte) ',');
		this.cutTo = position();
	}

	/**
	 * Leaves room for the hash at the end of the object.
	 */
	private void roomBehind(boolean others) {
		this.cutFrom = position();
		if (others) {
			ascii((byte) ',');
		}
		member();
		this.cutTo = position();
	}

	private void member() {
		ascii(OPENING);
		this.digitsAt = position();
		skip(EnvelopeHash.DIGITS);
		ascii((byte) '"');
	}

	/**
	 * Writes an envelope from its members.
	 * @param members all but the hash, in any order
	 */
	void envelope(Map.Entry<String, JsonNode>[] members) {
		order().sort(members);
		enter((byte) '{');
		boolean placed = false;
		for (int i = 0; i < members.length; i++) {
			if (i > 0) {
				ascii((byte) ',');
			}
			Map.Entry<String, JsonNode> member = members[i];
			if (!placed && member.getKey().compareTo(EnvelopeHash.MEMBER) > 0) {
				placed = true;
				room();
			}
			string(member.getKey());
			ascii((byte) ':');
			node(member.getValue());
		}
		if (!placed) {
			roomBehind(members.length > 0);
		}
		leave((byte) '}');
	}

	/**
	 * Hashes what was written and fills the hash in. Nothing can be written after that.
	 */
	EncodedMessage seal() {
		byte[] hash = Sha256.of(buffer(), position(), this.cutFrom, this.cutTo);
		byte[] bytes = toByteArray();
		release();
		Hex.write(hash, bytes, this.digitsAt);
		String digits = new String(bytes, this.digitsAt, EnvelopeHash.DIGITS, StandardCharsets.ISO_8859_1);
		return new EncodedMessage(bytes, digits);
	}

}
