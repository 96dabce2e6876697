package io.agentflow.messaging.sample.harness.soak;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.agentflow.messaging.sample.harness.Exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SoakTests {

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	@Test
	void acceptsWhatStaysAsItIs() {
		assertThat(SoakVerdict.violations(List.of(slice(5, 30, 40, 0), slice(9.9, 32, 42, 0)))).isEmpty();
	}

	@Test
	void refusesAGrowingHeap() {
		assertThat(SoakVerdict.violations(List.of(slice(5, 30, 40, 0), slice(5, 38, 40, 0)))).singleElement()
			.asString()
			.contains("30.0 to 38.0 MB");
	}

	@Test
	void refusesGrowingThreads() {
		assertThat(SoakVerdict.violations(List.of(slice(5, 30, 40, 0), slice(5, 30, 44, 0)))).singleElement()
			.asString()
			.contains("40 to 44");
	}

	@Test
	void refusesALatencyThatDoubles() {
		assertThat(SoakVerdict.violations(List.of(slice(5, 30, 40, 0), slice(10.1, 30, 40, 0)))).singleElement()
			.asString()
			.contains("p99");
	}

	@Test
	void refusesErrorsInTheMiddle() {
		assertThat(SoakVerdict.violations(List.of(slice(5, 30, 40, 0), slice(5, 30, 40, 2), slice(5, 30, 40, 0))))
			.singleElement()
			.asString()
			.contains("2 requests");
	}

	@Test
	void readsOptions() {
		SoakOptions options = SoakOptions.parse(List.of("--duration=3m", "--load=0.5"));
		assertThat(options.duration()).isEqualTo(Duration.ofMinutes(3));
		assertThat(options.slices()).isEqualTo(10);
		assertThat(options.load()).isEqualTo(0.5);
		assertThatIllegalArgumentException().isThrownBy(() -> SoakOptions.parse(List.of("--load=1")));
		assertThatIllegalArgumentException().isThrownBy(() -> SoakOptions.parse(List.of("--duration=1s")));
		assertThatIllegalArgumentException().isThrownBy(() -> SoakOptions.parse(List.of("--speed=1")));
	}

	@Test
	void failsForALeak(@TempDir Path directory) throws Exception {
		SoakOptions options = new SoakOptions(Duration.ofSeconds(2), 2, 0.7, 100, 10, directory);
		int code = new Soak(options, new PrintStream(this.output, true, StandardCharsets.UTF_8)).run(new Echo(1 << 18),
				"2.15.2");
		assertThat(code).isEqualTo(1);
		assertThat(this.output.toString(StandardCharsets.UTF_8)).contains("FAILED: the heap");
		assertThat(directory.resolve("soak.md")).content().contains("**failed:** the heap");
		assertThat(directory.resolve("soak.html")).content().contains("<svg");
		assertThat(directory.resolve("soak.json")).exists();
	}

	private static SoakSlice slice(double p99, double heap, int threads, int errors) {
		return new SoakSlice(60, 1000, errors, 1, p99, heap, threads);
	}

	/**
	 * Answers at once, and keeps something of each message.
	 */
	private static final class Echo implements Exchange {

		private final List<byte[]> kept = new ArrayList<>();

		private final int leak;

		private @Nullable ResponseListener listener;

		Echo(int leak) {
			this.leak = leak;
		}

		@Override
		public String name() {
			return "echo";
		}

		@Override
		public void listen(@Nullable ResponseListener responses) {
			this.listener = responses;
		}

		@Override
		public CompletableFuture<String> send(int run, int sequence, String text) {
			this.kept.add(new byte[this.leak]);
			ResponseListener responses = this.listener;
			if (responses != null) {
				responses.received(run, sequence, "", false);
			}
			return CompletableFuture.completedFuture("");
		}

		@Override
		public void close() {
			this.kept.clear();
		}

	}

}
