package io.agentflow.messaging.autoconfigure.diagnostics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class BootVersionVerifierTests {

	@ParameterizedTest
	@ValueSource(strings = { "3.5.9", "2.7.18" })
	void refusesOldVersionsInWords(String version) {
		UnsupportedBootVersionException refused = catchThrowableOfType(UnsupportedBootVersionException.class,
				() -> verify(version));
		FailureAnalysis analysis = new UnsupportedBootVersionFailureAnalyzer().analyze(refused);
		assertThat(analysis.getDescription()).contains("needs Spring Boot 4").contains(version);
		assertThat(analysis.getAction()).contains("Spring Boot 4");
	}

	@ParameterizedTest
	@ValueSource(strings = { "4.1.2", "4.2.0-M1", "5.0.0", "10.1.0" })
	void acceptsNewerOnes(String version) {
		verify(version);
	}

	@Test
	void acceptsTheOneOfThisBuild() {
		verify(SpringBootVersion.getVersion());
	}

	private static void verify(String version) {
		new BootVersionVerifier(version).initialize(new GenericApplicationContext());
	}

}
