package io.agentflow.messaging.autoconfigure.aot;

import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

import io.agentflow.messaging.autoconfigure.logging.AfJsonLogFormatter;

import static org.assertj.core.api.Assertions.assertThat;

class AfMessagingRuntimeHintsTests {

	private final RuntimeHints hints = registered();

	@Test
	void keepsTheLogFormattersConstructor() {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(AfJsonLogFormatter.class)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(this.hints);
	}

	@Test
	void keepsSchemas() {
		assertThat(RuntimeHintsPredicates.resource().forResource("af/schemas/order.json")).accepts(this.hints);
		assertThat(getClass().getResource("/io/agentflow/messaging/envelope-v1.schema.json")).isNotNull();
		assertThat(RuntimeHintsPredicates.resource().forResource("io/agentflow/messaging/envelope-v1.schema.json"))
			.accepts(this.hints);
	}

	/** By the file that ahead-of-time processing reads. */
	private static RuntimeHints registered() {
		RuntimeHints hints = new RuntimeHints();
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter((registrar) -> registrar instanceof AfMessagingRuntimeHints)
			.forEach((registrar) -> registrar.registerHints(hints, null));
		return hints;
	}

}
