package io.agentflow.messaging.test;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.test.GoldenVectors.GoldenVector;

import static org.assertj.core.api.Assertions.assertThat;

class GoldenVectorsTests {

	private final EnvelopeCodec codec = EnvelopeCodec.builder().build();

	@ParameterizedTest
	@MethodSource("io.agentflow.messaging.test.GoldenVectors#agentflowGo")
	void areMessagesOfTheContract(GoldenVector vector) {
		assertThat(this.codec.decode(vector.wire()).message().envelopeHash()).isEqualTo(vector.hash());
		assertThat(vector.input().has("envelope_hash")).isFalse();
		assertThat(new String(vector.canonical(), StandardCharsets.UTF_8)).startsWith("{\"cost\"");
	}

}
