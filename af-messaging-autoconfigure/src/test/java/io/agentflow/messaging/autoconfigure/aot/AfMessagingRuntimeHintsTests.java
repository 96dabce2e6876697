package io.agentflow.messaging.autoconfigure.aot;

import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.javapoet.ClassName;

import io.agentflow.messaging.autoconfigure.logging.AfJsonLogFormatter;
import io.agentflow.messaging.listener.AfListener;

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

	/** By the context that ahead-of-time processing makes of an application. */
	@Test
	void keepsHandlersAndEverythingInTheirPayloads() throws ReflectiveOperationException {
		DefaultGenerationContext generated = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(Handler.class)), new InMemoryGeneratedFiles());
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.registerBean(Handler.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generated);
		}
		RuntimeHints found = generated.getRuntimeHints();
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Handler.class.getDeclaredMethod("handle", List.class))).accepts(found);
		assertThat(RuntimeHintsPredicates.reflection()
			.onConstructorInvocation(Line.class.getDeclaredConstructor(String.class, Amount.class))).accepts(found);
		assertThat(RuntimeHintsPredicates.reflection()
			.onConstructorInvocation(Amount.class.getDeclaredConstructor(long.class))).accepts(found);
		assertThat(RuntimeHintsPredicates.reflection()
			.onConstructorInvocation(Answer.class.getDeclaredConstructor(String.class))).accepts(found);
	}

	static class Handler {

		@AfListener(subject = "agents.a.in")
		Answer handle(List<Line> lines) {
			return new Answer(lines.toString());
		}

	}

	record Line(String article, Amount amount) {

	}

	record Amount(long cents) {

	}

	record Answer(String text) {

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
