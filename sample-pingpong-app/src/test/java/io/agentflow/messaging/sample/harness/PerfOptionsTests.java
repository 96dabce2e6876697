package io.agentflow.messaging.sample.harness;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PerfOptionsTests {

	@Test
	void runsAllScenariosUnlessTold() {
		PerfOptions options = PerfOptions.parse(List.of(), Map.of());
		assertThat(options.mode()).isEqualTo(PerfOptions.Mode.LOCAL);
		assertThat(options.repetitions()).isEqualTo(5);
		assertThat(options.scenarios()).extracting(Scenario::name)
			.containsExactly("baseline", "high-concurrency", "large-payload", "tracing", "single");
	}

	@Test
	void runsTheBaselineScenarioInContinuousIntegration() {
		PerfOptions options = PerfOptions.parse(List.of(), Map.of("AF_PERFORMANCE_MODE", "ci"));
		assertThat(options.scenarios()).extracting(Scenario::name).containsExactly("baseline");
	}

	@Test
	void recordsByWordOrVariable() {
		assertThat(PerfOptions.parse(List.of("baseline"), Map.of()).mode()).isEqualTo(PerfOptions.Mode.BASELINE);
		assertThat(PerfOptions.parse(List.of(), Map.of("AF_PERFORMANCE_MODE", "baseline")).mode())
			.isEqualTo(PerfOptions.Mode.BASELINE);
	}

	@Test
	void changesAScenario() {
		PerfOptions options = PerfOptions.parse(List.of("--scenario=single", "--messages=50", "--rate=200.5",
				"--limit=30s", "--tracing=true", "--warm-up=0"), Map.of());
		Scenario scenario = options.scenarios().get(0);
		assertThat(scenario.spec().messages()).isEqualTo(50);
		assertThat(scenario.spec().rate()).isEqualTo(200.5);
		assertThat(scenario.spec().limit()).hasSeconds(30);
		assertThat(scenario.tracing()).isTrue();
		assertThat(scenario.warmUp()).isZero();
	}

	@Test
	void refusesWhatItDoesNotKnow() {
		refuses("--mesages=1", "--mesages=1");
		refuses("--scenario=none", "baseline, high-concurrency");
		refuses("--messages=many", "--messages must be a number");
		refuses("--messages=1.5", "whole number");
		refuses("--messages=0", "1 or more");
		refuses("--repetitions=0", "1 or more");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> PerfOptions.parse(List.of(), Map.of("AF_PERFORMANCE_MODE", "fast")))
			.withMessageContaining("ci, local or baseline");
	}

	private static void refuses(String arg, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> PerfOptions.parse(List.of(arg), Map.of()))
			.withMessageContaining(message);
	}

}
