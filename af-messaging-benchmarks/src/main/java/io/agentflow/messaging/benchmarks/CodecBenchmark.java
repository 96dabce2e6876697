package io.agentflow.messaging.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.erdtman.jcs.JsonCanonicalizer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.codec.CanonicalForm;
import io.agentflow.messaging.codec.DecodedMessage;
import io.agentflow.messaging.codec.EncodedMessage;
import io.agentflow.messaging.codec.EnvelopeCodec;
import io.agentflow.messaging.codec.Verification;

/**
 * Each way of a message next to what plain Jackson needs for the same tree or bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class CodecBenchmark {

	/**
	 * About how long the message is on the wire, in bytes.
	 */
	@Param({ "1024", "16384" })
	public int size;

	private final JsonMapper jackson = JsonMapper.builder().build();

	private final EnvelopeCodec codec = EnvelopeCodec.builder().build();

	private final EnvelopeCodec goCodec = EnvelopeCodec.builder().canonicalForm(CanonicalForm.AGENTFLOW_GO).build();

	private final EnvelopeCodec byContent = EnvelopeCodec.builder().verification(Verification.CANONICAL).build();

	private AfMessage<JsonNode> message = Samples.message(1024);

	private byte[] bytes = new byte[0];

	private JsonNode tree = this.jackson.nullNode();

	/**
	 * Makes the message, its bytes and its tree.
	 */
	@Setup
	public void prepare() {
		this.message = Samples.message(this.size);
		this.bytes = this.codec.encode(this.message).bytes();
		this.tree = this.jackson.readTree(this.bytes);
	}

	/**
	 * Base line of writing.
	 * @return the bytes
	 */
	@Benchmark
	public byte[] jacksonWrite() {
		return this.jackson.writeValueAsBytes(this.tree);
	}

	/**
	 * Base line of reading.
	 * @return the tree
	 */
	@Benchmark
	public JsonNode jacksonRead() {
		return this.jackson.readTree(this.bytes);
	}

	/**
	 * Check, canonical write and hash.
	 * @return the bytes and the hash
	 */
	@Benchmark
	public EncodedMessage encode() {
		return this.codec.encode(this.message);
	}

	/**
	 * The same in the form of the Go implementation.
	 * @return the bytes and the hash
	 */
	@Benchmark
	public EncodedMessage encodeGo() {
		return this.goCodec.encode(this.message);
	}

	/**
	 * Strict parse, check and verification by the received bytes.
	 * @return the message
	 */
	@Benchmark
	public DecodedMessage decode() {
		return this.codec.decode(this.bytes);
	}

	/**
	 * Strict parse, check and verification by the content.
	 * @return the message
	 */
	@Benchmark
	public DecodedMessage decodeByContent() {
		return this.byContent.decode(this.bytes);
	}

	/**
	 * Another JCS implementation, bytes to bytes, without hash.
	 * @return the canonical bytes
	 * @throws IOException if the message is not JSON
	 */
	@Benchmark
	public byte[] erdtmanCanonicalize() throws IOException {
		return new JsonCanonicalizer(this.bytes).getEncodedUTF8();
	}

}
