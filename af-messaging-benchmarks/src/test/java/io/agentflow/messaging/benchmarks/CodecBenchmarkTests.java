package io.agentflow.messaging.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The benchmarks do what they say; how fast is not tested here.
 */
class CodecBenchmarkTests {

	@ParameterizedTest
	@ValueSource(ints = { 1024, 16384 })
	void eachBenchmarkRuns(int size) throws Exception {
		CodecBenchmark benchmark = new CodecBenchmark();
		benchmark.size = size;
		benchmark.prepare();
		byte[] encoded = benchmark.encode().bytes();
		assertThat(encoded.length).isBetween(size * 9 / 10, size * 5 / 4);
		assertThat(benchmark.encodeGo().bytes()).hasSameSizeAs(encoded);
		assertThat(benchmark.erdtmanCanonicalize()).isEqualTo(encoded);
		assertThat(benchmark.decode().message().envelopeHash())
			.isEqualTo(benchmark.decodeByContent().message().envelopeHash());
		assertThat(benchmark.jacksonRead().size()).isEqualTo(11);
		assertThat(benchmark.jacksonWrite()).hasSameSizeAs(encoded);
	}

	@Test
	void theRatiosArePrinted() throws Exception {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		new CodecRatios(new PrintStream(out, true, StandardCharsets.UTF_8), 1).run(1024);
		assertThat(out.toString(StandardCharsets.UTF_8)).contains("encode / jacksonWrite")
			.contains("decode / jacksonRead")
			.doesNotContain("NaN");
	}

}
