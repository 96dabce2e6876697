package io.agentflow.messaging.sample;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.nats.client.Connection;
import io.nats.client.Nats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.agentflow.messaging.sample.harness.scaling.Scaling;
import io.agentflow.messaging.sample.harness.scaling.ScalingPoint;
import io.agentflow.messaging.test.server.NatsServer;
import io.agentflow.messaging.test.server.NatsTest;

import static org.assertj.core.api.Assertions.assertThat;

@NatsTest(shared = false)
class SpreadExchangeTests {

	@Test
	void measuresOverListenersSubjectsAndStoredMessagesAndLeavesNothing(NatsServer server, @TempDir Path directory)
			throws Exception {
		List<ScalingPoint> points = List.of(new ScalingPoint("listeners", 3, 200_000, 4, 3, 3, 0),
				new ScalingPoint("subjects", 50, 200_000, 4, 1, 50, 0),
				new ScalingPoint("stored messages", 2500, 200_000, 4, 1, 1, 2500));
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		System.setProperty("af.bus.url", server.url());
		try {
			int code = new Scaling(new PrintStream(output, true, StandardCharsets.UTF_8)).run(points,
					SpreadExchange::open, directory);
			assertThat(code).as(() -> output.toString(StandardCharsets.UTF_8)).isZero();
		}
		finally {
			System.clearProperty("af.bus.url");
		}
		assertThat(directory.resolve("scaling.md")).content()
			.contains("| listeners | 3 |", "| subjects | 50 |", "| stored messages | 2500 |");
		assertThat(directory.resolve("scaling.html")).content().contains("Messages per second by subjects");
		try (Connection connection = Nats.connect(server.url())) {
			assertThat(connection.jetStreamManagement().getStreamNames()).doesNotContain("AF_PERF_SCALING");
		}
	}

	@Test
	void sweepsOneThingAtATimeUpToWhatIsAskedFor() {
		assertThat(ScalingPoint.all(100_000)).filteredOn((point) -> point.stored() > 0)
			.extracting(ScalingPoint::stored)
			.containsExactly(10_000, 100_000);
		assertThat(ScalingPoint.all(0)).filteredOn((point) -> point.sweep().equals("listeners"))
			.allMatch((point) -> point.payloadBytes() == 1024 && point.concurrency() == 16);
	}

}
