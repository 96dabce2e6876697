package io.agentflow.messaging.benchmarks.peers;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PeerFiguresTests {

	@Test
	void readsWhatAContestantWrites() {
		assertThat(PeerFigures.parse("RESULT 1.5000 3.2500 4321.50 2 998"))
			.isEqualTo(new PeerFigures(1.5, 3.25, 4321.5, 2, 998));
	}

	@Test
	void takesTheMedianOfEachFigureAndAddsErrorsUp() {
		assertThat(PeerFigures.median(List.of(new PeerFigures(1, 9, 100, 1, 10), new PeerFigures(3, 7, 300, 0, 10),
				new PeerFigures(2, 8, 200, 2, 10))))
			.isEqualTo(new PeerFigures(2, 8, 200, 3, 30));
		assertThat(PeerFigures.median(List.of(new PeerFigures(1, 2, 100, 0, 1), new PeerFigures(2, 4, 200, 0, 1))))
			.isEqualTo(new PeerFigures(1.5, 3, 150, 0, 2));
	}

	@Test
	void showsEachScenarioAndLibrary() {
		assertThat(PeerReport.table(Map.of("single", Map.of("other", new PeerFigures(1, 2, 300, 4, 5)))))
			.contains("| single | other | 1.00 | 2.00 | 300 | 4 |");
	}

}
