package io.agentflow.messaging.codec;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for the hash of any message.
 */
class HashPropertiesTests {

	/** Hash of the hashes of the first 2000 messages, the same on every JDK. */
	private static final String RECOMPUTED = "08559360627ca8d124ee936fedc018d98eee12f01dda4d8544dd5a43f76b2a20";

	private static final EnvelopeCodec CODEC = EnvelopeCodec.builder().build();

	private static final EnvelopeCodec BY_CONTENT = EnvelopeCodec.builder()
		.verification(Verification.CANONICAL)
		.build();

	private static final JsonMapper INDEPENDENT = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	@Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
	void orderWhiteSpaceAndEscapesDoNotMatter(@ForAll long seed) {
		RandomJson json = new RandomJson(seed);
		ObjectNode envelope = json.envelope();
		for (CanonicalForm form : CanonicalForm.values()) {
			String hash = EnvelopeHash.of(envelope, form);
			String text = json.anyText(envelope.deepCopy().put("envelope_hash", hash));
			DecodedMessage decoded = BY_CONTENT.decode(text.getBytes(StandardCharsets.UTF_8));
			assertThat(decoded.message().envelopeHash()).isEqualTo(hash);
			assertThat(CODEC.decode(text.getBytes(StandardCharsets.UTF_8)).hashStatus()).isIn(HashStatus.JCS,
					HashStatus.AGENTFLOW_GO, HashStatus.RECEIVED_BYTES);
		}
	}

	@Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
	void canonicalBytesAreThoseOfAnotherImplementation(@ForAll long seed) throws Exception {
		RandomJson json = new RandomJson(seed);
		ObjectNode envelope = json.envelope();
		byte[] expected = new JsonCanonicalizer(json.anyText(envelope)).getEncodedUTF8();
		byte[] hash = MessageDigest.getInstance("SHA-256").digest(expected);
		assertThat(EnvelopeHash.of(envelope, CanonicalForm.JCS)).isEqualTo(HexFormat.of().formatHex(hash));
	}

	@Test
	void anyOtherByteIsRefused() {
		AtomicLong tried = new AtomicLong();
		AtomicLong accepted = new AtomicLong();
		IntStream.range(0, 1000).parallel().forEach((seed) -> {
			byte[] wire = wire(seed);
			JsonNode content = INDEPENDENT.readTree(wire);
			Random random = new Random(seed);
			for (int at = 0; at <= wire.length; at++) {
				for (byte[] tampered : tampered(wire, at, random)) {
					tried.incrementAndGet();
					if (isAccepted(tampered)) {
						accepted.incrementAndGet();
						assertThat(sameContent(INDEPENDENT.readTree(tampered), content))
							.as(() -> new String(tampered, StandardCharsets.UTF_8))
							.isTrue();
					}
				}
			}
		});
		assertThat(tried.get()).isGreaterThan(900_000);
		// White space put between two tokens, or the exponent's case: nothing else.
		assertThat(accepted.get()).isPositive().isLessThan(tried.get() / 20);
	}

	@Test
	void recomputingGivesTheSameHashEachTimeOnEveryThreadAndJdk() throws Exception {
		String once = hashOfHashes(IntStream.range(0, 2000));
		for (int run = 0; run < 3; run++) {
			assertThat(hashOfHashes(IntStream.range(0, 2000).parallel())).isEqualTo(once);
		}
		assertThat(once).isEqualTo(RECOMPUTED);
	}

	@Test
	void differentMessagesHaveDifferentHashes() {
		Set<String> hashes = new HashSet<>();
		for (int i = 0; i < 100_000; i++) {
			ObjectNode envelope = new RandomJson(i % 500).envelope();
			envelope.putObject("payload").put("n", i);
			hashes.add(EnvelopeHash.of(envelope, CanonicalForm.JCS));
		}
		assertThat(hashes).hasSize(100_000);
	}

	private static String hashOfHashes(IntStream seeds) throws Exception {
		List<String> hashes = seeds
			.mapToObj((seed) -> EnvelopeHash.of(new RandomJson(seed).envelope(), CanonicalForm.values()[seed % 2]))
			.toList();
		return HexFormat.of()
			.formatHex(MessageDigest.getInstance("SHA-256")
				.digest(String.join("", hashes).getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * A small message, so that every position can be tried.
	 */
	private static byte[] wire(int seed) {
		RandomJson json = new RandomJson(seed);
		ObjectNode envelope = json.envelope();
		envelope.put("from", "a").put("to", "b").put("trace_id", "").put("span_id", "");
		envelope.set("payload", json.value(1));
		envelope.putObject("metadata").put("n", seed / 3d);
		return EnvelopeHash.seal(envelope, CanonicalForm.values()[seed % 2]).bytes();
	}

	private static List<byte[]> tampered(byte[] wire, int at, Random random) {
		byte[] inserted = new byte[wire.length + 1];
		System.arraycopy(wire, 0, inserted, 0, at);
		inserted[at] = chance(random);
		System.arraycopy(wire, at, inserted, at + 1, wire.length - at);
		if (at == wire.length) {
			return List.of(inserted);
		}
		byte[] removed = new byte[wire.length - 1];
		System.arraycopy(wire, 0, removed, 0, at);
		System.arraycopy(wire, at + 1, removed, at, wire.length - at - 1);
		byte[] changed = wire.clone();
		while (changed[at] == wire[at]) {
			changed[at] = chance(random);
		}
		return List.of(inserted, removed, changed);
	}

	/**
	 * Any byte, but more often one that JSON knows.
	 */
	private static byte chance(Random random) {
		String likely = " \n\t{}[]\":,.-+eE0123456789abcdefnulltruefalse\\";
		return (byte) (random.nextBoolean() ? likely.charAt(random.nextInt(likely.length())) : random.nextInt(256));
	}

	private static boolean isAccepted(byte[] bytes) {
		try {
			CODEC.decode(bytes);
			return true;
		}
		catch (InvalidMessageException ex) {
			return false;
		}
	}

	/**
	 * Compares with numbers as the doubles that the contract says they are.
	 */
	private static boolean sameContent(JsonNode left, JsonNode right) {
		return left.equals((a, b) -> {
			if (a.equals(b)) {
				return 0;
			}
			boolean sameNumber = a.isNumber() && b.isNumber() && number(a) == number(b);
			return sameNumber ? 0 : 1;
		}, right);
	}

	private static double number(JsonNode node) {
		BigDecimal value = node.decimalValue();
		return value.doubleValue();
	}

}
