package io.agentflow.messaging.sample;

import org.junit.jupiter.api.Test;

import io.agentflow.messaging.test.log.AfLogLint;

import static org.assertj.core.api.Assertions.assertThatNoException;

class LogFieldsTests {

	@Test
	void setsNoReservedLogField() {
		assertThatNoException().isThrownBy(AfLogLint.of(PingPongApplication.class)::check);
	}

}
