package io.agentflow.messaging.codec;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import io.agentflow.messaging.codec.InvalidMessageException.Violation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The codec's own reader against Jackson's parser, which shares nothing with it: the same
 * acceptance, the same trees, the same numbers.
 */
class StrictReaderTests {

	private static final CodecLimits LIMITS = CodecLimits.defaults();

	/** What breaks parsers, as text or, where it is no text, as bytes. */
	private static final byte[][] FRAGMENTS = fragments(
			List.of("\"", "\\", "\\u", "\\u12", "\\ud800", "\\udc00", "\\ud83d\\ude00", "\\u0000", "\\x", "\\/", "{",
					"}", "[", "]", ",", ":", "\"a\":1,", "\"a\":1", "0", "-", "-0", "00", "01", "1.", ".5", "1e", "1e+",
					"1e400", "1e-400", "1e99999999999", "1e-99999999999", "9007199254740993", "9223372036854775808",
					"NaN", "Infinity", "true", "fals", "nul", "nulll", "//", "/**/", "#", "'a'", " ", "\t", "\f",
					"\u000b", "\u0000", "\u007f", "\u00a0", "\u0660", "\ufeff", "\ufffe", "\u2028", "\u20ac",
					"\ud83d\ude00", "[".repeat(62), "]".repeat(62), "1".repeat(900), "1".repeat(1100)),
			List.of("80", "bf", "c0", "c080", "c1bf", "c3", "e28228", "e282", "e080af", "eda080", "edb080", "efbfbf",
					"f0808080", "f09f98", "f4908080", "f5", "ff", "fe"));

	private static byte[][] fragments(List<String> texts, List<String> hex) {
		List<byte[]> fragments = new ArrayList<>();
		texts.forEach((text) -> fragments.add(text.getBytes(StandardCharsets.UTF_8)));
		hex.forEach((bytes) -> fragments.add(HexFormat.of().parseHex(bytes)));
		return fragments.toArray(byte[][]::new);
	}

	@Test
	void readsWhatJacksonReads() {
		IntStream.range(0, 50_000).parallel().forEach((seed) -> {
			byte[] text = text(seed);
			JsonNode expected = JacksonOracle.read(text);
			assertThat(expected).as(() -> show(text)).isNotNull();
			JsonNode read = StrictReader.tree(text, LIMITS);
			assertThat(JacksonOracle.agrees(read, expected)).as(() -> show(text)).isTrue();
			assertThat(new StrictReader(text, LIMITS).value()).as(() -> show(text)).isEqualTo(plain(read));
		});
	}

	@Test
	void refusesWhatJacksonRefuses() {
		long accepted = IntStream.range(0, 150_000).parallel().filter((seed) -> {
			byte[] text = mutated(text(seed / 3), new Random(seed));
			JsonNode expected = JacksonOracle.read(text);
			JsonNode read = readOrNull(text);
			assertThat(read != null).as(() -> show(text)).isEqualTo(expected != null);
			assertThat(expected == null || JacksonOracle.agrees(read, expected)).as(() -> show(text)).isTrue();
			return expected != null;
		}).count();
		assertThat(accepted).isBetween(25_000L, 125_000L);
	}

	@Test
	void readsTheNumbersThatJavaReads() {
		IntStream.range(0, 400_000).parallel().forEach((seed) -> {
			String text = number(new Random(seed));
			JsonNode read = StrictReader.tree(text.getBytes(StandardCharsets.UTF_8), LIMITS);
			double expected = Double.parseDouble(text);
			assertThat(Double.compare(read.doubleValue(), expected)).as(text).isZero();
			if (read.isIntegralNumber()) {
				assertThat(read.bigIntegerValue()).isEqualTo(new BigInteger(text));
			}
		});
	}

	@ParameterizedTest
	@CsvSource({ "0, IntNode", "-0, DoubleNode", "-0.0, DoubleNode", "0e5, DoubleNode", "2147483647, IntNode",
			"2147483648, LongNode", "-2147483648, IntNode", "-2147483649, LongNode", "9007199254740991, LongNode",
			"-9007199254740991, LongNode", "9007199254740992, DoubleNode", "9007199254740993, LongNode",
			"-9007199254740993, LongNode", "9223372036854775807, LongNode", "9223372036854775809, BigIntegerNode",
			"100000000000000000000, DoubleNode", "100000000000000000001, BigIntegerNode", "1.0, DoubleNode",
			"1e2, DoubleNode" })
	void keepsIntegersExact(String text, String node) {
		JsonNode read = StrictReader.tree(text.getBytes(StandardCharsets.UTF_8), LIMITS);
		assertThat(read.getClass().getSimpleName()).isEqualTo(node);
		assertThat(Double.compare(read.doubleValue(), Double.parseDouble(text))).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"a\":[1,{\"b/c~\":nul}]}|/a/1/b~1c~0", "{\"a\":[1,{\"b\":1,\"b\":2}]}|/a/1/b",
					"[[],[1,]]|/1/1", "[1 2]|``", "{\"a\":1 \"b\":2}|``", "{\"a\":{\"b\":1]}|/a",
					"{\"a\":\"\\ud800\"}|/a", "{\"a\":1e999}|/a", "[0,1,-]|/2" })
	void saysWhereItStopped(String text, String path) {
		InvalidMessageException refusal = catchThrowableOfType(InvalidMessageException.class,
				() -> StrictReader.tree(text.getBytes(StandardCharsets.UTF_8), LIMITS));
		assertThat(refusal.violations()).extracting(Violation::path).containsExactly(path);
	}

	@Test
	void neverTakesOneMemberNameForAnother() {
		IntStream.range(0, 8).parallel().forEach((thread) -> {
			for (int i = 0; i < 20_000; i++) {
				String name = Long.toString(new Random(i).nextLong(Long.MAX_VALUE), 36) + "x".repeat(i % 50);
				String text = " ".repeat(i % 9) + "{\"" + name + "\":" + i + "}";
				assertThat(StrictReader.tree(text.getBytes(StandardCharsets.UTF_8), LIMITS).propertyNames())
					.containsExactly(name);
			}
		});
	}

	/**
	 * A valid text of one to a few hundred bytes.
	 */
	private static byte[] text(int seed) {
		Random random = new Random(seed);
		RandomJson json = new RandomJson(seed);
		String text = json.anyText(json.value(1 + seed % 4));
		while (text.contains("\"a\"") && random.nextBoolean()) {
			text = text.replaceFirst("\"a\"", number(random));
			if (JacksonOracle.read(text.getBytes(StandardCharsets.UTF_8)) == null) {
				// That was a member's name.
				text = json.anyText(json.value(2));
			}
		}
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String number(Random random) {
		return switch (random.nextInt(7)) {
			case 0 -> Integer.toString(random.nextInt());
			case 1 -> Long.toString(random.nextLong() >> random.nextInt(64));
			case 2 -> (random.nextBoolean() ? "" : "-") + new BigInteger(random.nextInt(120), random);
			case 3 -> Double.toString(random.nextInt(1_000_000) / 1000d);
			case 4 -> Double.toString(finite(random));
			case 5 -> new java.math.BigDecimal(finite(random)).round(new java.math.MathContext(1 + random.nextInt(40)))
				.toString();
			default -> (random.nextBoolean() ? "-" : "") + random.nextInt(100) + "." + Math.abs(random.nextLong())
					+ (random.nextBoolean() ? "e" : "E") + (random.nextBoolean() ? "-" : "+") + random.nextInt(280);
		};
	}

	private static double finite(Random random) {
		double value = Double.longBitsToDouble(random.nextLong());
		return Double.isFinite(value) ? value : 1e23;
	}

	private static byte[] mutated(byte[] text, Random random) {
		byte[] result = text;
		for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
			int from = random.nextInt(result.length + 1);
			int to = Math.min(result.length, from + ((random.nextInt(4) == 0) ? random.nextInt(4) : 0));
			byte[] between = switch (random.nextInt(4)) {
				case 0 -> new byte[] { (byte) random.nextInt(256) };
				case 1 -> new byte[0];
				default -> FRAGMENTS[random.nextInt(FRAGMENTS.length)];
			};
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			out.write(result, 0, from);
			out.writeBytes(between);
			out.write(result, to, result.length - to);
			result = out.toByteArray();
		}
		return result;
	}

	private static @Nullable JsonNode readOrNull(byte[] text) {
		try {
			return StrictReader.tree(text, LIMITS);
		}
		catch (InvalidMessageException ex) {
			assertThat(ex.reason()).isEqualTo(InvalidMessageException.Reason.MALFORMED);
			return null;
		}
	}

	private static @Nullable Object plain(JsonNode node) {
		return switch (node.getNodeType()) {
			case OBJECT -> {
				Map<String, @Nullable Object> map = new LinkedHashMap<>();
				node.properties().forEach((member) -> map.put(member.getKey(), plain(member.getValue())));
				yield map;
			}
			case ARRAY -> node.valueStream().collect(ArrayList::new, (list, e) -> list.add(plain(e)), List::addAll);
			case STRING -> node.stringValue();
			case NUMBER -> node.numberValue();
			case BOOLEAN -> node.booleanValue();
			default -> null;
		};
	}

	private static String show(byte[] text) {
		return new String(text, StandardCharsets.UTF_8) + " = " + HexFormat.of().formatHex(text);
	}

}
