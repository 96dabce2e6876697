package io.agentflow.messaging;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SubjectsTests {

	@Test
	void buildsTheSubjectsOfTheContract() {
		assertThat(Subjects.workflowIn("wf-1")).isEqualTo("workflows.wf-1.in");
		assertThat(Subjects.workflowOut("wf_1")).isEqualTo("workflows.wf_1.out");
		assertThat(Subjects.agentIn("A1")).isEqualTo("agents.A1.in");
		assertThat(Subjects.agentOut("a")).isEqualTo("agents.a.out");
		assertThat(Subjects.deadLetter("agents.a.in")).isEqualTo("dead.agents.a.in");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a.b", "*", ">", "a b", "a\tb", "a\nb", "a\u0000", "é", "a/b", "$JS" })
	void refusesAnIdThatIsNoToken(String id) {
		assertThatIllegalArgumentException().isThrownBy(() -> Subjects.agentIn(id)).withMessageContaining("agent id");
		assertThatIllegalArgumentException().isThrownBy(() -> Subjects.workflowOut(id))
			.withMessageContaining("workflow id");
		assertThat(Subjects.isToken(id)).isFalse();
	}

	@Test
	void boundsTheLengthOfAnId() {
		assertThat(Subjects.isToken("a".repeat(128))).isTrue();
		assertThat(Subjects.isToken("a".repeat(129))).isFalse();
		assertThat(Subjects.isToken(null)).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> Subjects.agentIn("\u001b[31m" + "x".repeat(500)))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\u001b").hasSizeLessThan(250));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "a.", ".a", "a..b", "a.*", "a.>", ">", "a b" })
	void refusesToPublishTo(String subject) {
		assertThatIllegalArgumentException().isThrownBy(() -> Subjects.requirePublishable(subject));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a.>.b", "a.b>", "a.*b", "a..*" })
	void refusesAsFilter(String filter) {
		assertThatIllegalArgumentException().isThrownBy(() -> Subjects.requireFilter(filter));
	}

	@ParameterizedTest
	@CsvSource({ "agents.*.in, agents.a.in, true", "agents.*.in, agents.a.out, false", "agents.>, agents.a.in, true",
			"agents.>, agents, false", "*, a, true", "*, a.b, false", ">, a.b.c, true",
			"agents.*.in, agents.*.in, true", "agents.a.in, agents.*.in, false", "agents.*.*, agents.>, false",
			"agents.>, agents.>, true" })
	void tellsWhatAFilterCovers(String filter, String subject, boolean covered) {
		assertThat(Subjects.covers(filter, subject)).isEqualTo(covered);
	}

	@ParameterizedTest
	@CsvSource({ "agents.a17.in, agents.*.in", "workflows.wf.out, workflows.*.out", "agents.a.b.in, agents.*.*",
			"agents.a.other, agents.*.*", "tools.calls, tools.calls", "tools.other, tools.*",
			"system.health, system.health", "custom.x, other", "dead.agents.a17.in, dead.agents.*.in",
			"dead.dead.dead.agents.a17.in, dead.other", "agents, agents.*.*" })
	void namesTheFamilyOfASubject(String subject, String template) {
		assertThat(Subjects.template(subject)).isEqualTo(template);
	}

}
