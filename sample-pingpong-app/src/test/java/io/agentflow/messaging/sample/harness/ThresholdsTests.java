package io.agentflow.messaging.sample.harness;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ThresholdsTests {

	private static final Measured GOOD = new Measured(4.9, 14.9, 101, 0.009, 0.995);

	@Test
	void passesWhatReachesAll() {
		assertThat(Thresholds.baseline().judge(GOOD).violations()).isEmpty();
	}

	@Test
	void namesEachViolationOnALineOfItsOwn() {
		Verdict verdict = Thresholds.baseline().judge(new Measured(5, 15, 100, 0.01, 0.99));
		assertThat(verdict.isPassed()).isFalse();
		assertThat(verdict.violations()).containsExactly("completion is 99.00 %, must be above 99.00 %",
				"errors are 1.00 %, must be below 1.00 %", "p95 is 15.00 ms, must be below 15.00 ms",
				"p50 is 5.00 ms, must be below 5.00 ms", "throughput is 100/s, must be above 100/s");
	}

	@Test
	void failsARunThatBroughtNothingBack() {
		RunResult nothing = Figures.run(Duration.ZERO, -1, -1);
		assertThat(Thresholds.baseline().judge(nothing).violations()).hasSize(3)
			.anyMatch((line) -> line.startsWith("completion is 0.00 %"));
	}

	@Test
	void takesOverridesFromTheEnvironment() {
		Thresholds overridden = Thresholds.baseline()
			.overriddenBy(Map.of("AF_PERF_P95_THRESHOLD_MS", "20.5", "AF_PERF_P50_THRESHOLD_MS", " 7 ",
					"AF_PERF_MIN_THROUGHPUT", "250"));
		assertThat(overridden).isEqualTo(new Thresholds(20.5, 7, 250, 0.01, 0.99));
		assertThat(Thresholds.baseline().overriddenBy(Map.of("AF_PERF_P95_THRESHOLD_MS", " ")))
			.isEqualTo(Thresholds.baseline());
	}

	@ParameterizedTest
	@ValueSource(strings = { "fast", "0", "-1", "NaN", "Infinity" })
	void refusesOverridesThatAreNoPositiveNumber(String value) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Thresholds.baseline().overriddenBy(Map.of("AF_PERF_P95_THRESHOLD_MS", value)))
			.withMessageContaining("AF_PERF_P95_THRESHOLD_MS")
			.withMessageContaining(value);
	}

}
