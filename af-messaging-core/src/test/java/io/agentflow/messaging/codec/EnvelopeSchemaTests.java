package io.agentflow.messaging.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.networknt.schema.Schema;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.agentflow.messaging.codec.InvalidMessageException.Violation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The fast check against the JSON Schema, and what the schema explains.
 */
class EnvelopeSchemaTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String ID = "01HN8ZQJKM9XVQZJKM9XVQZJKM";

	private static final String[] VALUES = { "null", "true", "0", "-0", "-1", "1", "1.0", "1.5", "1e2", "1e-400",
			"1e300", "9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740993",
			"123456789012345678901", "\"\"", "\" \"", "\"x\"", "\"\\n\"", "[]", "{}", "{\"a\":1}", "[{}]",
			"\"request\"", "\"response\"", "\"event\"", "\"control\"", "\"Request\"", "\"request \"", "\"command\"",
			"\"" + ID + "\"", "\"8" + ID.substring(1) + "\"", "\"" + ID.toLowerCase() + "\"", "\"" + ID + "\\n\"",
			"\"" + ID + "0\"", "\"" + ID.substring(1) + "\"", "\"I" + ID.substring(1) + "\"",
			"\"U" + ID.substring(1) + "\"", "\"\u0661" + ID.substring(1) + "\"", "\"" + "a1".repeat(16) + "\"",
			"\"" + "A1".repeat(16) + "\"", "\"" + "0".repeat(32) + "\"", "\"" + "a1".repeat(16) + "\\n\"",
			"\"" + "a1".repeat(8) + "\"", "\"" + "g1".repeat(8) + "\"", "\"" + "a1".repeat(32) + "\"",
			"\"" + "a1".repeat(31) + "\"", "\"" + "A1".repeat(32) + "\"", "{\"tokens\":1,\"dollars\":0.5}",
			"{\"tokens\":1.0,\"dollars\":1}", "{\"tokens\":1.5,\"dollars\":1}", "{\"tokens\":-1,\"dollars\":1}",
			"{\"tokens\":1,\"dollars\":-0.1}", "{\"tokens\":1,\"dollars\":-0}", "{\"tokens\":-0,\"dollars\":0}",
			"{\"tokens\":1}", "{\"dollars\":1}", "{\"tokens\":1,\"dollars\":1,\"euros\":1}",
			"{\"tokens\":\"1\",\"dollars\":1}", "{\"tokens\":null,\"dollars\":1}",
			"{\"tokens\":9007199254740991,\"dollars\":1e300}", "{\"tokens\":9007199254740992,\"dollars\":1}",
			"{\"tokens\":9007199254740993,\"dollars\":1}", "{\"tokens\":1e15,\"dollars\":1}",
			"{\"tokens\":1e84,\"dollars\":1}", "{\"tokens\":1,\"dollars\":123456789012345678901234567890}" };

	private static final String[] TIMES = { "2026-11-22T10:00:00Z", "2026-11-22T10:00:00.5Z", "2026-11-22T10:00:00.50Z",
			"2026-11-22T10:00:00.0Z", "2026-11-22T10:00:00.123456789Z", "2026-11-22T10:00:00.1234567891Z",
			"2026-11-22T10:00:00.Z", "2026-11-22t10:00:00Z", "2026-11-22T10:00:00z", "2026-11-22T10:00:00",
			"2026-11-22T10:00Z", "2026-11-22", "2026-11-22 10:00:00Z", "2026-11-22T10:00:00+02:00",
			"2026-11-22T10:00:00-00:00", "2026-11-22T10:00:00+00:00", "2026-11-22T10:00:00+0200",
			"2026-11-22T10:00:00+24:00", "2026-11-22T10:00:00+23:59", "2026-11-22T10:00:00+18:30",
			"2026-11-22T10:00:00+02:60", "2026-02-29T10:00:00Z", "2024-02-29T10:00:00Z", "2100-02-29T00:00:00Z",
			"2000-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z",
			"2026-01-32T00:00:00Z", "2026-04-31T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T23:60:00Z",
			"2026-11-22T23:59:60Z", "2016-12-31T23:59:60Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z",
			"9999-12-31T23:59:59.999999999Z", "10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "+2026-11-22T10:00:00Z",
			"2026-11-22T10:00:00Z\\n", " 2026-11-22T10:00:00Z", "2026-11-22T10:00:00,5Z", "2026-1-22T10:00:00Z",
			"\u0662026-11-22T10:00:00Z", "2026-11-22T10:00:00Z[UTC]" };

	@Test
	void fastCheckAndSchemaAgreeOnEachValueOfEachMember() {
		for (String member : List.of("id", "trace_id", "span_id", "from", "to", "type", "payload", "metadata", "cost",
				"ts", "envelope_hash", "other")) {
			for (String value : VALUES) {
				compare(with(base(), member, value));
			}
		}
		for (String time : TIMES) {
			compare(with(base(), "ts", "\"" + time + "\""));
		}
		for (String member : List.of("id", "trace_id", "span_id", "from", "to", "type", "payload", "metadata", "cost",
				"ts")) {
			compare(base().without(member).toString());
		}
		for (String value : VALUES) {
			compare(value);
		}
	}

	@Test
	void fastCheckAndSchemaAgreeOnAnyMixture() {
		Random random = new Random(22);
		List<String> members = List.of("id", "trace_id", "span_id", "from", "to", "type", "metadata", "cost", "ts",
				"envelope_hash");
		int accepted = 0;
		for (int i = 0; i < 5_000; i++) {
			ObjectNode envelope = new RandomJson(i).envelope();
			String text = envelope.toString();
			for (int changes = random.nextInt(3); changes > 0; changes--) {
				String member = members.get(random.nextInt(members.size()));
				String value = random.nextBoolean() ? VALUES[random.nextInt(VALUES.length)]
						: "\"" + TIMES[random.nextInt(TIMES.length)] + "\"";
				text = with((ObjectNode) JSON.readTree(text), member, value);
			}
			accepted += compare(text) ? 1 : 0;
		}
		assertThat(accepted).isBetween(1_000, 4_500);
	}

	@Test
	void whatIsWrittenKeepsTheWritersRules() {
		JsonNode written = JSON.readTree(getClass().getResourceAsStream(EnvelopeSchema.RESOURCE)).at("/$defs/written");
		Schema writers = Schemas.registry(Map.of()).getSchema(written);
		EnvelopeCodec codec = EnvelopeCodec.builder().requireHash(false).build();
		for (int i = 0; i < 500; i++) {
			byte[] received = new RandomJson(i).envelope().toString().getBytes(StandardCharsets.UTF_8);
			JsonNode wire = JSON.readTree(codec.encode(codec.decode(received).message()).bytes());
			assertThat(writers.validate(wire)).isEmpty();
			assertThat(EnvelopeSchema.violations(wire)).isEmpty();
		}
		assertThat(writers.validate(base().without("cost"))).isNotEmpty();
	}

	@Test
	void listsEveryViolation() {
		String text = "{\"id\":\"x\",\"trace_id\":7,\"from\":\"\",\"to\":\"b\",\"type\":\"ask\",\"extra\":1,"
				+ "\"cost\":{\"tokens\":-1,\"dollars\":0}}";
		InvalidMessageException refusal = catchThrowableOfType(InvalidMessageException.class,
				() -> EnvelopeCodec.builder().build().decode(text.getBytes(StandardCharsets.UTF_8)));
		assertThat(refusal.reason()).isEqualTo(InvalidMessageException.Reason.SCHEMA);
		assertThat(refusal.violations()).extracting(Violation::path)
			.contains("", "/id", "/trace_id", "/from", "/type", "/cost/tokens");
		assertThat(refusal.getMessage()).contains("ts").contains("extra");
		assertThat(refusal.violations()).allSatisfy((violation) -> {
			assertThat(violation.found()).isNotEmpty();
			assertThat(violation.allowed()).isNotEmpty();
		});
	}

	/**
	 * Tells whether a message is accepted, having asked both.
	 */
	private static boolean compare(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		CodecLimits limits = CodecLimits.defaults();
		JsonNode tree = StrictReader.tree(bytes, limits);
		boolean fast = ReceivedEnvelope.read(bytes, limits).isRegular();
		List<Violation> violations = EnvelopeSchema.violations(tree);
		assertThat(fast).as(() -> text + " " + violations).isEqualTo(violations.isEmpty());
		return fast;
	}

	private static ObjectNode base() {
		return (ObjectNode) JSON.readTree("{\"id\":\"" + ID + "\",\"trace_id\":\"\",\"span_id\":\"\",\"from\":\"a\","
				+ "\"to\":\"b\",\"type\":\"event\",\"payload\":null,\"metadata\":{},\"cost\":{\"tokens\":0,\"dollars\":0},"
				+ "\"ts\":\"2026-11-22T10:00:00Z\"}");
	}

	/**
	 * Sets a member to a text that may be more than a tree of Jackson's default kind
	 * holds.
	 */
	private static String with(ObjectNode envelope, String member, String value) {
		envelope.remove(member);
		String text = envelope.toString();
		return text.substring(0, text.length() - 1) + (envelope.isEmpty() ? "" : ",") + "\"" + member + "\":" + value
				+ "}";
	}

}
