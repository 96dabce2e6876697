package io.agentflow.messaging.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.agentflow.messaging.AfMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages of the Go implementation, byte by byte.
 */
class GoVectorsTests {

	private static final EnvelopeCodec GO = EnvelopeCodec.builder().canonicalForm(CanonicalForm.AGENTFLOW_GO).build();

	private static final EnvelopeCodec CANONICAL_ONLY = EnvelopeCodec.builder()
		.verification(Verification.CANONICAL)
		.build();

	static List<GoVectors> all() {
		return GoVectors.all();
	}

	@Test
	void thereAreTwentyFive() {
		assertThat(all()).hasSize(25);
	}

	@ParameterizedTest
	@MethodSource("all")
	void wireBytesVerifyAsReceived(GoVectors vector) {
		DecodedMessage decoded = GO.decode(vector.wire());
		assertThat(decoded.hashStatus()).isEqualTo(HashStatus.RECEIVED_BYTES);
		assertThat(decoded.message().envelopeHash()).isEqualTo(vector.hash());
	}

	@ParameterizedTest
	@MethodSource("all")
	void wireBytesVerifyByTheirContent(GoVectors vector) {
		assertThat(CANONICAL_ONLY.decode(vector.wire()).hashStatus()).isIn(HashStatus.JCS, HashStatus.AGENTFLOW_GO);
	}

	@ParameterizedTest
	@MethodSource("all")
	void sealingTheContentGivesTheSameBytes(GoVectors vector) {
		EncodedMessage sealed = EnvelopeHash.seal(tree(vector), CanonicalForm.AGENTFLOW_GO);
		assertThat(new String(sealed.bytes(), StandardCharsets.UTF_8))
			.isEqualTo(new String(vector.wire(), StandardCharsets.UTF_8));
		assertThat(sealed.envelopeHash()).isEqualTo(vector.hash());
	}

	@ParameterizedTest
	@MethodSource("all")
	void reencodingTheMessageGivesTheSameBytes(GoVectors vector) {
		AfMessage<JsonNode> message = GO.decode(vector.wire()).message();
		byte[] expected = vector.wire();
		if (vector.name().equals("ts-offset")) {
			// A message in memory has an instant: it is written in UTC, as the contract
			// says.
			expected = EnvelopeHash.seal(tree(vector).put("ts", "2025-08-17T17:10:20.5Z"), CanonicalForm.AGENTFLOW_GO)
				.bytes();
		}
		assertThat(new String(GO.encode(message).bytes(), StandardCharsets.UTF_8))
			.isEqualTo(new String(expected, StandardCharsets.UTF_8));
	}

	private static ObjectNode tree(GoVectors vector) {
		return (ObjectNode) StrictReader.tree(vector.wire(), CodecLimits.defaults());
	}

}
