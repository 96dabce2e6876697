package io.agentflow.messaging.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

import io.agentflow.messaging.AfMessage;
import io.agentflow.messaging.codec.InvalidMessageException.Reason;
import io.agentflow.messaging.codec.InvalidMessageException.Violation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What a broken or malicious peer may send, and what an application may try to publish:
 * each time a typed refusal that names the place.
 */
class HostileInputTests {

	private static final EnvelopeCodec CODEC = EnvelopeCodec.builder().build();

	private static final EnvelopeCodec NO_HASH = EnvelopeCodec.builder().requireHash(false).build();

	static Stream<Arguments> malformed() {
		return Stream.of(arguments(payload("{\"a\":1,\"a\":2}"), "/payload/a"),
				arguments(payload("{\"x\":[0,{\"a\":1,\"\\u0061\":2}]}"), "/payload/x/1/a"),
				arguments(envelope("\"id\":\"x\","), "/id"), arguments(envelope("\"id\":null,"), "/id"),
				arguments(envelope("\"payload\":1,"), "/payload"),
				arguments(envelope("\"metadata\":{\"k\":null,\"k\":null},"), "/metadata/k"),
				arguments(envelope("\"other\":1,\"other\":2,"), "/other"),
				arguments(payload("[".repeat(10_000) + "]".repeat(10_000)), "/payload/0"),
				arguments(payload("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)), "/payload/a"),
				arguments("[".repeat(100_000), ""), arguments(payload("1e400"), "/payload"),
				arguments(payload("-1e400"), "/payload"), arguments(payload("1" + "0".repeat(400)), "/payload"),
				arguments(payload("1".repeat(100_000)), "/payload"),
				arguments(payload("0." + "1".repeat(100_000)), "/payload"),
				arguments(payload("1e" + "9".repeat(100_000)), "/payload"), arguments(payload("NaN"), ""),
				arguments(payload("Infinity"), ""), arguments(payload("01"), ""), arguments(payload("1."), ""),
				arguments(payload("+1"), ""), arguments(payload(".5"), ""), arguments(payload("'a'"), ""),
				arguments(payload("[1,]"), "/payload"), arguments(payload("{\"a\":1,}"), "/payload"),
				arguments(payload("{a:1}"), "/payload"), arguments(payload("1/*c*/"), ""),
				arguments(payload("\"a\nb\""), ""), arguments(payload("\"\\x41\""), ""),
				arguments(payload("\"\\ud800\""), ""), arguments(payload("\"\\udc00\""), ""),
				arguments(payload("\"\\udc00\\ud800\""), ""), arguments(payload("\"\\ud800a\""), ""),
				arguments(payload("{\"\\uD800\":1}"), "/payload"), arguments("", ""), arguments("  ", ""),
				arguments("{", ""), arguments(payload("1") + "x", ""), arguments(payload("1") + "{}", ""),
				arguments(payload("1") + "\u0000", ""), arguments("\uFEFF" + payload("1"), ""));
	}

	@ParameterizedTest
	@MethodSource
	void malformed(String text, String path) {
		InvalidMessageException refusal = refusal(text.getBytes(StandardCharsets.UTF_8));
		assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED);
		assertThat(refusal.violations()).hasSize(1);
		assertThat(refusal.violations().get(0).path()).startsWith(path);
		assertThat(refusal.getMessage().length()).isLessThan(1000);
	}

	/**
	 * Overlong forms, surrogates, beyond U+10FFFF, lone and missing trail bytes.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "c080", "c1bf", "e080af", "e09fbf", "f0808080", "f08fbfbf", "eda080", "edbfbf",
			"eda0bdedb880", "f4908080", "f5808080", "ff", "fe", "80", "bf", "c3", "e282", "f09f98", "c328", "e28228" })
	void refusesWhatIsNotUtf8(String hex) throws Exception {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		String text = payload("\"#\"");
		bytes.write(text.substring(0, text.indexOf('#')).getBytes(StandardCharsets.UTF_8));
		bytes.write(HexFormat.of().parseHex(hex));
		bytes.write(text.substring(text.indexOf('#') + 1).getBytes(StandardCharsets.UTF_8));
		InvalidMessageException refusal = refusal(bytes.toByteArray());
		assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED);
		assertThat(refusal).hasMessageContaining("UTF-8");
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE" })
	void refusesOtherEncodings(String charset) {
		assertThat(refusal(payload("1").getBytes(Charset.forName(charset))).reason()).isEqualTo(Reason.MALFORMED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "true", "7", "\"text\"", "[]" })
	void refusesWhatIsNoObject(String text) {
		assertThat(refusal(text.getBytes(StandardCharsets.UTF_8)).reason()).isEqualTo(Reason.SCHEMA);
	}

	@Test
	void neverQuotesTheContent() {
		for (String text : List.of(payload("top-secret"), payload("\"top-secret"), payload("{\"a\":top-secret}"),
				envelope("\"type\":\"top-secret\",").replace("\"type\":\"event\",", ""))) {
			InvalidMessageException refusal = refusal(text.getBytes(StandardCharsets.UTF_8));
			assertThat(refusal).hasMessageNotContaining("secret").hasNoCause();
		}
	}

	@Test
	void refusesWhatIsTooLongBeforeLookingAtIt() {
		EnvelopeCodec codec = EnvelopeCodec.builder().maxBytes(() -> 500).build();
		assertThat(catchThrowableOfType(InvalidMessageException.class, () -> codec.decode(new byte[501])).reason())
			.isEqualTo(Reason.TOO_LARGE);
		InvalidMessageException refusal = catchThrowableOfType(InvalidMessageException.class,
				() -> codec.encode(AfMessage.event("a", "b").payload("x".repeat(500)).build()));
		assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
		assertThat(refusal).hasMessageContaining("500 bytes at most");
	}

	@Test
	void keepsTheLimitsItIsGiven() {
		CodecLimits limits = CodecLimits.defaults().withMaxDepth(4).withMaxStringLength(200).withMaxNumberLength(40);
		EnvelopeCodec codec = EnvelopeCodec.builder().requireHash(false).limits(limits).build();
		for (String fits : List.of("[[[1]]]", "\"" + "x".repeat(200) + "\"", "0." + "1".repeat(39))) {
			assertThatNoException().isThrownBy(() -> codec.decode(payload(fits).getBytes(StandardCharsets.UTF_8)));
		}
		for (String exceeds : List.of("[[[[1]]]]", "\"" + "x".repeat(201) + "\"", "{\"" + "x".repeat(201) + "\":1}",
				"0." + "1".repeat(40))) {
			InvalidMessageException refusal = catchThrowableOfType(InvalidMessageException.class,
					() -> codec.decode(payload(exceeds).getBytes(StandardCharsets.UTF_8)));
			assertThat(refusal).as(exceeds).isNotNull();
			assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED);
		}
	}

	@Test
	void readsADepthOf64AndWritesNoMore() {
		String deepest = "[".repeat(63) + "]".repeat(63);
		DecodedMessage decoded = NO_HASH.decode(payload(deepest).getBytes(StandardCharsets.UTF_8));
		assertThatNoException().isThrownBy(() -> CODEC.encode(decoded.message()));
		ArrayNode deeper = JsonNodeFactory.instance.arrayNode().add(decoded.message().payload());
		InvalidMessageException refusal = catchThrowableOfType(InvalidMessageException.class,
				() -> CODEC.encode(AfMessage.event("a", "b").payload(deeper).build()));
		assertThat(refusal.violations()).extracting(Violation::allowed).containsExactly("depth 64 at most");
	}

	@Test
	void listsEverythingThatHasNoCanonicalFormWhenPublishing() {
		Map<String, Object> payload = new LinkedHashMap<>();
		payload.put("big", 1L << 53);
		payload.put("small", -(1L << 53));
		payload.put("bigger", new java.math.BigInteger("123456789012345678901"));
		payload.put("decimal", new java.math.BigDecimal("1E+30"));
		payload.put("nan", Double.NaN);
		payload.put("list", List.of(1, Float.POSITIVE_INFINITY));
		payload.put("a/b~c", "\ud800");
		payload.put("\udc00", 1);
		payload.put("fine", List.of((1L << 53) - 1, 0.1, "\ud83d\ude00"));
		Map<String, Object> metadata = Map.of("n", Long.MIN_VALUE);
		InvalidMessageException refusal = catchThrowableOfType(InvalidMessageException.class,
				() -> CODEC.encode(AfMessage.event("a\ud800", "b").payload(payload).metadata(metadata).build()));
		assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED);
		assertThat(refusal.violations()).extracting(Violation::path)
			.containsExactlyInAnyOrder("/from", "/metadata/n", "/payload/big", "/payload/small", "/payload/bigger",
					"/payload/decimal", "/payload/nan", "/payload/list/1", "/payload/a~1b~0c", "/payload/\udc00");
		assertThat(refusal).hasMessageContaining("write a larger one as a string");
	}

	@Test
	void keepsAReceivedIntegerExactWhileItsBytesProveIt() {
		byte[] sent = withBytesHash(payload("9007199254740993"));
		JsonNode payload = CODEC.decode(sent).message().payload();
		assertThat(payload.longValue()).isEqualTo(9007199254740993L);
		byte[] tampered = new String(sent, StandardCharsets.UTF_8).replace("9007199254740993", "9007199254740992")
			.getBytes(StandardCharsets.UTF_8);
		assertThat(refusal(CODEC, tampered).reason()).isEqualTo(Reason.HASH);
		byte[] reordered = new String(sent, StandardCharsets.UTF_8).replace("\"payload\"", " \"payload\"")
			.getBytes(StandardCharsets.UTF_8);
		assertThat(refusal(CODEC, reordered).reason()).isEqualTo(Reason.HASH);
	}

	@Test
	void onlyTheTopLevelHashCounts() {
		String inner = "{\"envelope_hash\":\"" + "0".repeat(64) + "\"}";
		byte[] sent = CODEC.encode(NO_HASH.decode(payload(inner).getBytes(StandardCharsets.UTF_8)).message()).bytes();
		assertThat(CODEC.decode(sent).hashStatus()).isEqualTo(HashStatus.RECEIVED_BYTES);
		assertThat(refusal(CODEC, payload(inner).getBytes(StandardCharsets.UTF_8)).reason()).isEqualTo(Reason.HASH);
		byte[] tampered = new String(sent, StandardCharsets.UTF_8).replace("0".repeat(64), "1" + "0".repeat(63))
			.getBytes(StandardCharsets.UTF_8);
		assertThat(refusal(CODEC, tampered).reason()).isEqualTo(Reason.HASH);
	}

	@Test
	void growsNoMemoryOnARowOfRefusals() {
		List<byte[]> texts = new ArrayList<>();
		malformed().forEach((row) -> texts.add(((String) row.get()[0]).getBytes(StandardCharsets.UTF_8)));
		long before = refuseAll(texts, 20);
		long after = refuseAll(texts, 60);
		assertThat(after - before).isLessThan(20_000_000);
	}

	private static long refuseAll(List<byte[]> texts, int times) {
		for (int i = 0; i < times; i++) {
			texts.forEach(HostileInputTests::refusal);
		}
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	/**
	 * Adds the hash of the text as it stands, as an implementation that is no canonical
	 * writer may do.
	 */
	private static byte[] withBytesHash(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		String hash = HexFormat.of().formatHex(Sha256.of(bytes, bytes.length, 0, 0));
		return (text.substring(0, text.length() - 1) + ", \"envelope_hash\" : \"" + hash + "\"}")
			.getBytes(StandardCharsets.UTF_8);
	}

	private static InvalidMessageException refusal(byte[] bytes) {
		return refusal(NO_HASH, bytes);
	}

	private static InvalidMessageException refusal(EnvelopeCodec codec, byte[] bytes) {
		InvalidMessageException refusal = catchThrowableOfType(InvalidMessageException.class,
				() -> codec.decode(bytes));
		assertThat(refusal).isNotNull();
		return refusal;
	}

	private static String payload(String payload) {
		return "{\"payload\":" + payload + "," + members() + "}";
	}

	private static String envelope(String more) {
		return "{" + more + "\"payload\":1," + (more.contains("metadata") ? "" : "\"metadata\":{},") + members() + "}";
	}

	private static String members() {
		return "\"id\":\"01HN8ZQJKM9XVQZJKM9XVQZJKM\",\"from\":\"a\",\"to\":\"b\",\"type\":\"event\","
				+ "\"ts\":\"2026-11-22T10:00:00Z\"";
	}

}
