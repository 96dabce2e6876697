package io.agentflow.messaging.sample.harness;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RegressionsTests {

	private static final PerfReport BASELINE = Figures.report(Figures.measured(4, 4000, 0), Figures.ratios(1.3, 0.8));

	@Test
	void findsNothingWhenNothingChanged() {
		assertThat(Regressions.find(BASELINE, BASELINE)).isEmpty();
	}

	@Test
	void findsSlowerCode() {
		PerfReport slower = Figures.report(Figures.measured(5, 3000, 0), Figures.ratios(1.63, 0.6));
		assertThat(Regressions.find(BASELINE, slower)).hasSize(2)
			.anyMatch((line) -> line.startsWith("baseline: p95 is 5.00 ms, was 4.00 ms: worse by 25 %"))
			.anyMatch((line) -> line.startsWith("baseline: throughput is 3000/s, was 4000/s: worse by 33 %"));
	}

	@Test
	void blamesASlowMachineNotTheCode() {
		PerfReport slowMachine = Figures.report(Figures.measured(12, 1300, 0), Figures.ratios(1.3, 0.8));
		assertThat(Regressions.find(BASELINE, slowMachine)).isEmpty();
	}

	@Test
	void blamesAFastMachineOfThenNotTheCode() {
		PerfReport otherRatio = Figures.report(Figures.measured(4, 4000, 0), Figures.ratios(2.6, 0.4));
		assertThat(Regressions.find(BASELINE, otherRatio)).isEmpty();
	}

	@Test
	void allowsTenPercent() {
		PerfReport within = Figures.report(Figures.measured(4.39, 3700, 0.01), Figures.ratios(1.42, 0.74));
		assertThat(Regressions.find(BASELINE, within)).isEmpty();
		PerfReport beyond = Figures.report(Figures.measured(4.45, 4000, 0), Figures.ratios(1.45, 0.8));
		assertThat(Regressions.find(BASELINE, beyond)).hasSize(1);
	}

	@Test
	void allowsMoreOnAnUnsteadyMachine() {
		PerfReport unsteady = Figures.report(Figures.measured(5, 4000, 0), new Ratios(1.63, 1.63, 0.8, 1.3));
		assertThat(Regressions.find(BASELINE, unsteady)).isEmpty();
	}

	@Test
	void findsMoreErrorsWhateverTheMachine() {
		PerfReport errors = Figures.report(Figures.measured(4, 4000, 0.02), Figures.ratios(1.3, 0.8));
		assertThat(Regressions.find(BASELINE, errors)).containsExactly("baseline: errors are 2.00 %, were 0.00 %");
	}

	@Test
	void keepsBaselinesInOrderAndWhole(@TempDir Path directory) {
		Baselines baselines = new Baselines(directory.resolve("kept"));
		assertThat(baselines.all()).isEmpty();
		PerfReport later = new PerfReport(Instant.parse("2026-11-23T10:00:00Z"), BASELINE.surroundings(),
				BASELINE.scenarios());
		assertThat(baselines.record(later).getFileName()).hasToString("20261123-100000-abc1234.json");
		baselines.record(BASELINE);
		List<PerfReport> all = baselines.all();
		assertThat(all).extracting(PerfReport::recordedAt).containsExactly(BASELINE.recordedAt(), later.recordedAt());
		assertThat(all.get(0)).usingRecursiveComparison().isEqualTo(BASELINE);
	}

	@Test
	void reportsOnOnePageThatNeedsNothingElse() {
		String page = HtmlReport.of(BASELINE, List.of("p95 <worse>"), List.of(BASELINE));
		assertThat(page).contains("<svg", "raw jnats", "&lt;cpu&gt;", "p95 &lt;worse&gt;", "Recorded baselines")
			.doesNotContain("http", "<script", "<link", "<cpu>");
		assertThat(MarkdownReport.of(BASELINE, List.of("p95 worse"))).contains("| baseline | 1.00",
				"- **regression:** p95 worse");
	}

}
